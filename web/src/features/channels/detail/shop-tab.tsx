/** Whether people can look at the catalogue and fill a cart. */
import { useQuery } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Switch } from '@/shared/ui/switch'
import { shopQuery, useMarketingRoute, useSetShop } from '../meta'
import type { Channel } from '../shapes'
import { useMayChange } from './may-change'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'

export function ShopTab({ channel }: { channel: Channel }) {
  const query = useQuery(shopQuery(channel.id))
  const set = useSetShop(channel.id)
  const mayChange = useMayChange()
  return (
    <div className="grid grid-cols-1 gap-5">
      <Part query={query} what={t('the shop')}>
        {(shop) => (
          <Panel title={t('Catalogue')} about={t("The products themselves are kept in Meta's Commerce Manager.")}>
            <div className="grid gap-4">
              <Switch
                label={t('Show the catalogue')}
                about={t('In the profile, and as a button in the chat.')}
                checked={shop.catalogue}
                disabled={!mayChange || set.isPending}
                onChange={(catalogue) => set.mutate({ ...shop, catalogue })}
              />
              <Switch
                label={t('Let people fill a cart')}
                about={t('They send it as one order.')}
                checked={shop.cart}
                disabled={!mayChange || set.isPending}
                onChange={(cart) => set.mutate({ ...shop, cart })}
              />
              <Problem error={set.error} />
            </div>
          </Panel>
        )}
      </Part>
      <Marketing channel={channel} />
    </div>
  )
}

function Marketing({ channel }: { channel: Channel }) {
  const set = useMarketingRoute(channel.id)
  const mayChange = useMayChange()
  return (
    <Panel title={t('Marketing')}>
      <div className="grid gap-4">
        <Switch
          label={t("Send marketing by Meta's Marketing Messages API")}
          about={t('Meta decides better who wants to read it. Its terms have to be accepted in WhatsApp Manager first.')}
          checked={channel.whatsapp?.uses_marketing_route ?? false}
          disabled={!mayChange || set.isPending}
          onChange={(used) => set.mutate(used)}
        />
        <Problem error={set.error} />
      </div>
    </Panel>
  )
}

function Problem({ error }: { error: Error | null }) {
  if (error === null) return null
  return (
    <p role="alert" className="text-sm text-bad-ink">
      {wordsFor(error)}
    </p>
  )
}
