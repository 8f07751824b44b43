/** Settings > API keys: what programs show to be let in. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Empty, Failed } from '@/shared/ui/notice'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { keysQuery, type Key, type MadeKey } from './api'
import { KeyRow } from './key-row'
import { NewKeyDialog } from './new-key-dialog'
import { SecretOnce } from './secret-once'

export default function KeysPage() {
  const mayWrite = useMay('keys:write')
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<MadeKey | null>(null)
  const add = mayWrite && (
    <Button look="main" onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      {t('New key')}
    </Button>
  )
  return (
    <SettingsPage
      title={t('API keys')}
      about={t('Programs show a key to use the API. Give each program its own, with only what it needs.')}
      action={add}
    >
      <Keys add={add} onMade={setMade} />
      {isMaking && (
        <NewKeyDialog
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false)
            setMade(key)
          }}
        />
      )}
      {made !== null && <SecretOnce made={made} onClose={() => setMade(null)} />}
    </SettingsPage>
  )
}

function Keys({ add, onMade }: { add: React.ReactNode; onMade: (made: MadeKey) => void }) {
  const { data: keys, error, refetch } = useQuery(keysQuery)
  if (keys === undefined) {
    if (error !== null) return <Failed what={t('The keys could not be loaded')} error={error} retry={refetch} />
    return (
      <Loading what={t('API keys')}>
        <Skeleton className="h-48 rounded-2xl" />
      </Loading>
    )
  }
  if (keys.length === 0) {
    return (
      <Empty title={t('No keys yet')}>
        <p className="mb-3">{t('Make one when a program of yours shall read or send messages.')}</p>
        {add}
      </Empty>
    )
  }
  const open = keys.filter((key) => !isOver(key))
  const over = keys.filter(isOver)
  return (
    <>
      {open.length > 0 && <List title={t('In use')} keys={open} onMade={onMade} />}
      {over.length > 0 && <List title={t('No longer open')} keys={over} onMade={onMade} />}
    </>
  )
}

function List({ title, keys, onMade }: { title: string; keys: Key[]; onMade: (made: MadeKey) => void }) {
  return (
    <Card title={title}>
      <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line two:-mx-5 two:-mb-5">
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} isOver={isOver(key)} onMade={onMade} />
        ))}
      </ul>
    </Card>
  )
}

function isOver(key: Key): boolean {
  return key.revoked_at !== null || (key.expires_at !== null && Date.parse(key.expires_at) < Date.now())
}
