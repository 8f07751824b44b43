/** The frame around every page: the door for those who are not signed in, the rail for the rest. */
import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { meQuery } from '@/features/session/api'
import { t } from '@/shared/i18n/t'
import { useDoor } from '@/shared/session/door'
import { Failed } from '@/shared/ui/notice'
import { Logo } from '@/shared/ui/arch'
import { Loading } from '@/shared/ui/skeleton'
import { MeContext } from '@/shared/session/me'
import { Everywhere } from './everywhere'
import { useFollowing } from './use-following'
import { useLooks } from './use-looks'

const SignInPage = lazy(() => import('@/features/session/sign-in-page'))
const MustSetUpPage = lazy(() => import('@/features/session/must-set-up-page'))

/** For whoever comes by, signed in or not. */
const OPEN = ['/welcome/', '/styleguide']

export function Layout() {
  const { isIn, wasSentOut } = useDoor()
  // Of what is drawn, not of the address: that is a moment ahead, and a page inside would be drawn for who is still outside.
  const isOpen = useMatches({ select: (matches) => OPEN.some((path) => matches.at(-1)?.pathname.startsWith(path) === true) })
  return (
    <Suspense fallback={<Opening />}>
      {isOpen ? <Outlet /> : isIn ? <SignedIn /> : <SignInPage wasSentOut={wasSentOut} />}
    </Suspense>
  )
}

function SignedIn() {
  const me = useQuery(meQuery())
  useFollowing(me.data)
  useLooks(me.data)
  if (me.isPending) return <Opening />
  if (me.data === undefined) {
    return (
      <main className="h-full">
        <Failed what={t('Serai could not be opened')} error={me.error} retry={me.refetch} />
      </main>
    )
  }
  return (
    <MeContext value={me.data}>
      {me.data.user?.must_add_factor === true ? (
        <MustSetUpPage />
      ) : (
        <>
          <Outlet />
          <Everywhere />
        </>
      )}
    </MeContext>
  )
}

function Opening() {
  return (
    <Loading what="Serai">
      <div className="opening">
        <Logo />
      </div>
    </Loading>
  )
}
