/** Who must have a second factor: those who have it not yet set it up before anything else. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { Checkbox } from '@/shared/ui/checkbox'
import { Part } from '@/shared/ui/part'
import { Card } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { rulesQuery, setRules, type Member, type Role, type Rules } from './api'
import { roleName, ROLES } from './roles'

export function RulesCard({ members }: { members: Member[] }) {
  const rules = useQuery(rulesQuery())
  return (
    <Card
      title={t('Second factor')}
      about={t('Besides the password: a passkey or a code from an app. Who lacks it sets it up at the next step they take.')}
    >
      <Part query={rules} what={t('the rules of signing in')}>
        {(data) => <Rules rules={data} members={members} />}
      </Part>
    </Card>
  )
}

function Rules({ rules: { second_factor_roles: chosen }, members }: { rules: Rules; members: Member[] }) {
  // Of the company itself: who owns a business alone has no say in how others sign in.
  const mayWrite = useMe().company.includes('company:write')
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: setRules,
    onMutate: async (roles) => {
      await client.cancelQueries({ queryKey: rulesQuery().queryKey })
      client.setQueryData<Rules>(rulesQuery().queryKey, { second_factor_roles: roles })
    },
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: rulesQuery().queryKey })
      await client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const turn = (role: Role) => (isOn: boolean) => save.mutate(ROLES.filter((each) => (each === role ? isOn : chosen.includes(each))))
  return (
    <fieldset>
      <legend className="mb-2.5 text-sm font-medium">{t('Everybody with one of these roles must have it')}</legend>
      <div className="grid gap-3 two:grid-cols-2">
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            label={roleName(role)}
            about={aboutThose(role, members)}
            checked={chosen.includes(role)}
            disabled={!mayWrite}
            onChange={turn(role)}
          />
        ))}
      </div>
      {!mayWrite && <p className="mt-3 text-xs text-faint">{t('Only an owner changes this.')}</p>}
    </fieldset>
  )
}

function aboutThose(role: Role, members: Member[]): string {
  const those = members.filter((each) => each.disabled_at === null && each.memberships.some((one) => one.role === role))
  const without = those.filter((each) => !each.has_second_factor).length
  if (those.length === 0) return t('Nobody has this role.')
  if (without === 0) return t('{count, plural, one {The only one has one.} other {All # have one.}}', { count: those.length })
  return t('{without} of {count} have none yet.', { without, count: those.length })
}
