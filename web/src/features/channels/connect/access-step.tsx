/** The first step: log in at Meta, or paste a token that somebody made there. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { LogIn } from 'lucide-react'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { isolated } from '@/shared/i18n/isolated'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { Panel } from '../detail/panel'
import { comingBack, useBegin, waysQuery, type Found } from './api'

interface Props {
  code: string | undefined
  onFound: (found: Found) => void
}

export function AccessStep({ code, onFound }: Props) {
  const ways = useQuery(waysQuery)
  const begin = useBegin()
  const [token, setToken] = useState('')
  useCode(code, (given) => begin.mutate({ code: given, redirect_uri: comingBack() }, { onSuccess: onFound }))

  if (ways.isPending || (begin.isPending && code !== undefined)) return <StepSkeleton />
  if (ways.data === undefined) return <Failed what={t('Connecting cannot begin')} error={ways.error} retry={ways.refetch} />

  function submit(event: SubmitEvent) {
    event.preventDefault()
    begin.mutate({ token: token.trim() }, { onSuccess: onFound })
  }

  return (
    <div className="grid grid-cols-1 gap-5">
      {begin.error !== null && (
        <p role="alert" className="rounded-xl bg-bad-soft px-4 py-3 text-sm text-bad-ink">
          {wordsFor(begin.error)}
        </p>
      )}
      <Panel title={t('Log in at Meta')} about={t('The quick way, for somebody who manages the business there.')}>
        <a
          href={ways.data.login_url}
          className="inline-flex h-10 items-center gap-2 rounded-lg bg-accent-fill px-4 text-sm font-medium text-on-accent hover:bg-accent-hover"
        >
          <LogIn aria-hidden className="size-4 rtl:-scale-x-100" />
          {t("Go to Meta's login")}
        </a>
        <p className="mt-2 text-xs text-soft">
          {t('You give the app {name} access and come back here.', { name: isolated(ways.data.app_name) })}
        </p>
      </Panel>
      <Panel title={t('Paste a token')} about={t("For a system user made in Meta's Business Settings. Such a token does not end.")}>
        <form onSubmit={submit} className="grid grid-cols-1 gap-3">
          <Field
            label={t('Token')}
            type="password"
            dir="ltr"
            value={token}
            onChange={setToken}
            placeholder="EAA…"
            required
            hint={t('With the permissions whatsapp_business_messaging and whatsapp_business_management. It is kept sealed.')}
          />
          <Button type="submit" disabled={token.trim() === '' || begin.isPending} className="h-10 w-fit">
            {begin.isPending ? t('Asking Meta…') : t('See what it opens')}
          </Button>
        </form>
      </Panel>
    </div>
  )
}

/** Uses the code of the address once, and takes it out of there: it is a secret for a moment. */
function useCode(code: string | undefined, use: (code: string) => void): void {
  const used = useRef<string | null>(null)
  const navigate = useNavigate()
  useEffect(() => {
    if (code === undefined || used.current === code) return
    used.current = code
    use(code)
    void navigate({ to: '/channels/connect', search: ({ business }) => ({ business }), replace: true })
  }, [code, use, navigate])
}

function StepSkeleton() {
  return (
    <Loading what={t('what Meta says')}>
      <div className="grid grid-cols-1 gap-5">
        <Skeleton className="h-36 rounded-2xl" />
        <Skeleton className="h-48 rounded-2xl" />
      </div>
    </Loading>
  )
}
