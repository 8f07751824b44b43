/** What people see of the business in WhatsApp. */
import { useQuery } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { profileQuery, useChangeProfile, type Profile } from '../meta'
import { categories } from './categories'
import { useMayChange } from './may-change'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'
import { PicturePanel } from './picture-panel'
import { SaveBar } from '@/shared/ui/save-bar'
import { useDraft } from '@/shared/lib/use-draft'
import { UsernamePanel } from './username-panel'

export function ProfileTab({ channelId }: { channelId: string }) {
  const query = useQuery(profileQuery(channelId))
  return (
    <div className="grid grid-cols-1 gap-5">
      <Part query={query} what={t('the profile')}>
        {(profile) => (
          <>
            <PicturePanel channelId={channelId} profile={profile} />
            <ProfileForm channelId={channelId} profile={profile} />
          </>
        )}
      </Part>
      <UsernamePanel channelId={channelId} />
    </div>
  )
}

/** Characters. Source: WhatsApp Cloud API, "Business profiles". */
const LONGEST = { about: 139, address: 256, description: 512, email: 128, website: 256 }
const MOST_WEBSITES = 2

function ProfileForm({ channelId, profile }: { channelId: string; profile: Profile }) {
  const { value, isChanged, change, undo } = useDraft(profile)
  const save = useChangeProfile(channelId)
  const mayChange = useMayChange()
  const websites = Array.from({ length: MOST_WEBSITES }, (_, index) => value.websites[index] ?? '')

  function submit(event: SubmitEvent) {
    event.preventDefault()
    save.mutate(changesOf(profile, { ...value, websites: value.websites.filter((each) => each.trim() !== '') }), { onSuccess: undo })
  }

  return (
    <Panel title={t('Profile')} about={t('People see it when they tap the name of the chat.')}>
      <form onSubmit={submit}>
        <fieldset disabled={!mayChange} className="grid grid-cols-1 gap-4">
          <Field label={t('About')} value={value.about} max={LONGEST.about} onChange={(about) => change({ about })} />
          <Field label={t('Description')} long value={value.description} max={LONGEST.description} onChange={(description) => change({ description })} />
          <div className="grid grid-cols-1 gap-4 two:grid-cols-2">
            <Select label={t('Category')} value={value.category} options={categories()} onChange={(category) => change({ category })} />
            <Field label={t('E-mail')} type="email" dir="ltr" value={value.email} max={LONGEST.email} onChange={(email) => change({ email })} />
          </div>
          <Field label={t('Address')} value={value.address} max={LONGEST.address} onChange={(address) => change({ address })} />
          <div className="grid grid-cols-1 gap-4 two:grid-cols-2">
            {websites.map((website, index) => (
              <Field
                key={index}
                label={index === 0 ? t('Website') : t('Second website')}
                type="url"
                dir="ltr"
                placeholder="https://"
                value={website}
                max={LONGEST.website}
                onChange={(next) => change({ websites: websites.with(index, next) })}
              />
            ))}
          </div>
          <SaveBar isChanged={isChanged} mutation={save} onUndo={undo} />
        </fieldset>
      </form>
    </Panel>
  )
}

/** Only what is different: Meta refuses, for one, an "about" that is empty. */
function changesOf(kept: Profile, value: Profile): Partial<Profile> {
  const changed = Object.entries(value).filter(
    ([name, each]) => JSON.stringify(each) !== JSON.stringify(kept[name as keyof Profile]),
  )
  return Object.fromEntries(changed)
}
