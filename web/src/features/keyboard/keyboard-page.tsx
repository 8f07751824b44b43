/** Settings > Keyboard: whether single keys do something, and the list of them, which prints well. */
import { Printer } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { setSingleKeys, useSingleKeys } from '@/shared/keys/single-keys'
import { Button } from '@/shared/ui/button'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { Switch } from '@/shared/ui/switch'
import { ShortcutList } from './shortcut-list'

export default function KeyboardPage() {
  const on = useSingleKeys()
  return (
    <SettingsPage
      title={t('Keyboard')}
      about={t('For you, on this device.')}
      action={
        <Button onClick={() => print()} className="max-two:hidden print:hidden">
          <Printer aria-hidden className="size-4" />
          {t('Print')}
        </Button>
      }
    >
      <Card>
        <Switch
          label={t('Single keys do something')}
          about={t('Switch it off if you dictate, or press keys by accident. What needs Ctrl or ⌘ stays, and so do Enter, Esc and the arrows.')}
          checked={on}
          onChange={setSingleKeys}
        />
      </Card>
      <Card title={t('All shortcuts')} about={t('They do nothing while you write. On keyboards without Latin letters the place of the key counts.')}>
        <ShortcutList />
      </Card>
    </SettingsPage>
  )
}
