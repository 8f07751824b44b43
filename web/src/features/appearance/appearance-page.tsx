/** How Serai looks to you, wherever you are signed in: its language, its light, its density. */
import { chooseLanguage, chosenLanguage, LANGUAGES, useLanguage, type Language } from '@/shared/i18n/language'
import { t } from '@/shared/i18n/t'
import { setDensity, useDensity } from '@/shared/lib/density'
import { setTheme, useTheme } from '@/shared/lib/theme'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Select } from '@/shared/ui/select'
import { Card, SettingsPage } from '@/shared/ui/settings-page'

const BROWSER = 'browser'

export default function AppearancePage() {
  const { theme } = useTheme()
  const density = useDensity()
  return (
    <SettingsPage title={t('Appearance and language')} about={t('For you, wherever you are signed in.')}>
      <Card title={t('Language')} about={t('Of the pages. What you write to people stays as you write it.')}>
        <LanguageChoice />
      </Card>
      <Card title={t('Light and dark')}>
        <SegmentedControl
          label={t('Light and dark')}
          value={theme}
          options={[
            ['system', t('As the device')],
            ['light', t('Light')],
            ['dark', t('Dark')],
          ]}
          onChange={setTheme}
        />
      </Card>
      <Card title={t('Density')} about={t('Compact shows more conversations at once.')}>
        <SegmentedControl
          label={t('Density')}
          value={density}
          options={[
            ['comfortable', t('Comfortable')],
            ['compact', t('Compact')],
          ]}
          onChange={setDensity}
        />
      </Card>
    </SettingsPage>
  )
}

function LanguageChoice() {
  useLanguage()
  const options = Object.entries(LANGUAGES).map(([tag, { name }]): [string, string] => [tag, name])
  return (
    <div className="max-w-72">
      <Select
        label={t('Language')}
        value={chosenLanguage() ?? BROWSER}
        options={[[BROWSER, t('As the browser')], ...options]}
        onChange={(value) => void chooseLanguage(value === BROWSER ? null : (value as Language))}
      />
    </div>
  )
}
