/** What a business is, and what it tells of itself. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { SubmitEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { useDraft } from '@/shared/lib/use-draft'
import { Field } from '@/shared/ui/field'
import { Part } from '@/shared/ui/part'
import { SaveBar } from '@/shared/ui/save-bar'
import { Popover } from '@/shared/ui/popover'
import { Choices } from '@/shared/ui/combobox'
import { Select } from '@/shared/ui/select'
import { Card } from '@/shared/ui/settings-page'
import { Switch } from '@/shared/ui/switch'
import { Chosen } from '@/shared/ui/tag'
import { profileQuery, useChangeBusiness, useSetProfile, type BusinessDetail, type Profile } from '../api'
import { languageName, languages, sectorName, SECTORS } from './words'
import { ZoneField } from './zone-field'

interface Props {
  business: BusinessDetail
  mayChange: boolean
}

export function GeneralTab({ business, mayChange }: Props) {
  const profile = useQuery(profileQuery(business.id))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Basics business={business} mayChange={mayChange} />
      <Part query={profile} what={t('the profile')}>
        {(known) => <ProfileForm id={business.id} profile={known} mayChange={mayChange} />}
      </Part>
    </div>
  )
}

function Basics({ business, mayChange }: Props) {
  const { name, sector, time_zone, language, always_human, team } = business
  const { value, isChanged, change, undo } = useDraft({ name, sector, time_zone, language, always_human, team })
  const save = useChangeBusiness(business.id)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    save.mutate(value, { onSuccess: undo })
  }

  return (
    <form onSubmit={submit}>
      <Card title={t('The business')} foot={mayChange && <SaveBar isChanged={isChanged} mutation={save} onUndo={undo} />}>
        <fieldset disabled={!mayChange} className="grid grid-cols-1 gap-4">
          <Field label={t('Name')} value={value.name} max={120} required onChange={(next) => change({ name: next })} />
          <div className="grid grid-cols-1 gap-4 two:grid-cols-2">
            <Select
              label={t('Sector')}
              value={value.sector}
              options={SECTORS.map((each) => [each, sectorName(each)])}
              onChange={(next) => change({ sector: next as BusinessDetail['sector'] })}
            />
            <Select label={t('Language')} value={value.language} options={languages()} onChange={(next) => change({ language: next })} />
          </div>
          <ZoneField value={value.time_zone} onChange={(next) => change({ time_zone: next })} />
          <Switch
            label={t('People always answer')}
            about={t('Nothing is answered by rules; at most one acknowledgement is sent, and the team is told.')}
            checked={value.always_human}
            onChange={(next) => change({ always_human: next })}
            disabled={!mayChange}
          />
          <Field
            label={t('Team that takes over')}
            value={value.team ?? ''}
            max={60}
            placeholder={t('team')}
            hint={t('Who is named when a conversation is handed to people.')}
            onChange={(next) => change({ team: next === '' ? null : next })}
          />
        </fieldset>
      </Card>
    </form>
  )
}

function ProfileForm({ id, profile, mayChange }: { id: string; profile: Profile; mayChange: boolean }) {
  const { value, isChanged, change, undo } = useDraft(profile)
  const save = useSetProfile(id)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    save.mutate(value, { onSuccess: undo })
  }

  const text = (name: 'address' | 'website' | 'email' | 'phone') => ({
    value: value[name] ?? '',
    onChange: (next: string) => change({ [name]: next.trim() === '' ? null : next }),
  })
  return (
    <form onSubmit={submit}>
      <Card
        title={t('Profile')}
        about={t('For your own people. What customers see on a number is set on the page of its channel.')}
        foot={mayChange && <SaveBar isChanged={isChanged} mutation={save} onUndo={undo} />}
      >
        <fieldset disabled={!mayChange} className="grid grid-cols-1 gap-4">
          <Field label={t('Address')} {...text('address')} max={256} />
          <Field label={t('Website')} {...text('website')} type="url" dir="ltr" placeholder="https://" />
          <div className="grid grid-cols-1 gap-4 two:grid-cols-2">
            <Field label={t('E-mail')} {...text('email')} type="email" dir="ltr" />
            <Field label={t('Telephone')} {...text('phone')} type="tel" dir="ltr" />
          </div>
          <Languages chosen={value.languages ?? []} onChange={(next) => change({ languages: next })} />
        </fieldset>
      </Card>
    </form>
  )
}

function Languages({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const rest = languages().filter(([code]) => !chosen.includes(code))
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('Languages in which you answer')}</legend>
      <div className="flex flex-wrap gap-2">
        {chosen.map((code) => (
          <Chosen key={code} name={languageName(code)} onRemove={() => onChange(chosen.filter((each) => each !== code))}>
            {languageName(code)}
          </Chosen>
        ))}
        <Popover
          label={t('Add a language')}
          side="bottom"
          className="w-64"
          buttonProps={{ className: 'inline-flex h-8 items-center gap-1 rounded-full border border-dashed border-line-strong px-3 text-sm text-soft hover:bg-sunken' }}
          face={
            <>
              <Plus aria-hidden className="size-3.5" />
              {t('Add a language')}
            </>
          }
        >
          <Choices
            label={t('Add a language')}
            choices={rest.map(([value, label]) => ({ value, label }))}
            chosen={[]}
            onChoose={(code) => onChange([...chosen, code])}
          />
        </Popover>
      </div>
    </fieldset>
  )
}
