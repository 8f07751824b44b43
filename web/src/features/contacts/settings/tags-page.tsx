/** Settings > Tags and fields: the words that a business has for people, and what it wants to know of them. */
import { t } from '@/shared/i18n/t'
import { useAddress } from '@/shared/lib/use-address'
import { useMay, useMe } from '@/shared/session/me'
import { Select } from '@/shared/ui/select'
import { SettingsPage } from '@/shared/ui/settings-page'
import { FieldsCard } from './fields-card'
import { TagsCard } from './tags-card'

const read = (raw: Record<string, unknown>) => ({ business: typeof raw['business'] === 'string' ? raw['business'] : undefined })

export default function TagsPage() {
  const { businesses } = useMe()
  const [search, setSearch] = useAddress(read)
  const business = businesses.find(({ id }) => id === search.business) ?? businesses[0]
  const mayWrite = useMay('business:write', business?.id ?? '')
  if (business === undefined) return null
  return (
    <SettingsPage title={t('Tags and fields')} about={t('How you tell people and conversations apart, and what you want to know of each person.')}>
      {businesses.length > 1 && (
        <Select
          label={t('Business')}
          value={business.id}
          options={businesses.map(({ id, name }) => [id, name])}
          onChange={(id) => setSearch({ business: id })}
        />
      )}
      <TagsCard key={`tags ${business.id}`} businessId={business.id} mayWrite={mayWrite} />
      <FieldsCard key={`fields ${business.id}`} businessId={business.id} mayWrite={mayWrite} />
    </SettingsPage>
  )
}
