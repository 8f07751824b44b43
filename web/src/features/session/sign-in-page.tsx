/** The door: asks for the API key. */
import { KeyRound } from 'lucide-react'
import type { SubmitEvent } from 'react'
import { signIn } from '@/shared/api/key'
import { Arcade, Logo } from '@/shared/ui/arch'
import { Button } from '@/shared/ui/button'

const REFUSED = 'This key is not accepted. Check that you copied all of it, or ask for a new one.'

export function SignInPage({ refused }: { refused: boolean }) {
  return (
    <main className="grid min-h-full place-items-center bg-rail p-4">
      <div className="w-full max-w-96">
        <div className="mb-6 flex items-center justify-center gap-2.5 text-rail-ink">
          <Logo />
          <span className="text-2xl font-semibold tracking-tight">Serai</span>
        </div>
        <form onSubmit={submit} className="rounded-3xl bg-panel p-7 shadow-raised">
          <Arcade className="mx-auto mb-5" />
          <h1 className="text-lg font-semibold">Come in</h1>
          <p className="mt-1 mb-5 text-sm text-soft">
            Sign in with an API key. It stays in this tab and is forgotten when you close it.
          </p>
          <label htmlFor="key" className="mb-1.5 block text-sm font-medium">
            API key
          </label>
          <div className="relative">
            <KeyRound aria-hidden className="absolute start-3 top-3 size-4 text-faint" />
            <input
              id="key"
              name="key"
              type="password"
              autoComplete="off"
              required
              autoFocus
              dir="ltr"
              aria-invalid={refused}
              aria-describedby={refused ? 'refused' : undefined}
              className="h-10 w-full rounded-lg border border-line-strong bg-raised ps-9 pe-3 text-base placeholder:text-faint"
            />
          </div>
          {refused && (
            <p id="refused" role="alert" className="mt-2 text-sm text-bad-ink">
              {REFUSED}
            </p>
          )}
          <Button type="submit" look="main" className="mt-5 h-10 w-full">
            Sign in
          </Button>
        </form>
      </div>
    </main>
  )
}

function submit(event: SubmitEvent<HTMLFormElement>) {
  event.preventDefault()
  const key = new FormData(event.currentTarget).get('key')
  if (typeof key === 'string' && key.trim() !== '') signIn(key.trim())
}
