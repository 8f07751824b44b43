/** The frame around every page: the door for those without a key, the rail for the rest. */
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { meQuery } from '@/features/session/api'
import { SignInPage } from '@/features/session/sign-in-page'
import { useApiKey } from '@/shared/api/key'
import { Failed } from '@/shared/ui/notice'
import { Logo } from '@/shared/ui/arch'
import { Loading } from '@/shared/ui/skeleton'
import { MeContext } from '@/shared/session/me'
import { Everywhere } from './everywhere'
import { useFollowing } from './use-following'

export function Layout() {
  const { key, refused } = useApiKey()
  if (key === null) return <SignInPage refused={refused} />
  return <SignedIn apiKey={key} />
}

function SignedIn({ apiKey }: { apiKey: string }) {
  const me = useQuery(meQuery(apiKey))
  useFollowing(me.data)
  if (me.isPending) {
    return (
      <Loading what="Serai">
        <div className="grid h-full place-items-center bg-rail">
          <Logo className="size-12 animate-pulse" />
        </div>
      </Loading>
    )
  }
  if (me.data === undefined) {
    return (
      <main className="h-full">
        <Failed what="Serai could not be opened" error={me.error} retry={me.refetch} />
      </main>
    )
  }
  return (
    <MeContext value={me.data}>
      <Outlet />
      <Everywhere />
    </MeContext>
  )
}
