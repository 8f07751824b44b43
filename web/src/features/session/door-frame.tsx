/** What the pages at the door look like: the house by night on one side, what to do on the other. */
import { useEffect, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { Logo } from '@/shared/ui/arch'
import { Courtyard } from './courtyard'

interface Props {
  title: string
  about?: ReactNode
  children: ReactNode
  foot?: ReactNode
}

export function DoorFrame({ title, about, children, foot }: Props) {
  useEffect(() => {
    document.title = `${title} · Serai`
  }, [title])
  return (
    <div className="grid min-h-full bg-panel wide:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <aside className="relative hidden overflow-hidden bg-rail wide:block" aria-hidden>
        <Courtyard className="absolute inset-0 size-full" />
        <p className="absolute start-12 top-24 max-w-88 text-3xl/tight font-semibold tracking-tight text-balance text-rail-ink">
          {t('Every conversation under one roof.')}
        </p>
        <Brand className="absolute start-12 top-10 text-rail-ink" />
      </aside>
      <main className="grid content-center justify-items-center p-5 py-10">
        <div className="w-full max-w-96">
          <Brand className="mb-10 wide:hidden" />
          <h1 className="text-2xl font-bold tracking-tight text-balance">{title}</h1>
          {about !== undefined && <div className="mt-1.5 text-base text-pretty text-soft">{about}</div>}
          <div className="mt-7">{children}</div>
          {foot !== undefined && <div className="mt-7 text-sm text-soft">{foot}</div>}
        </div>
      </main>
    </div>
  )
}

function Brand({ className = '' }: { className?: string }) {
  return (
    <div className={`flex items-center gap-2 ${className}`}>
      <Logo className="size-7" />
      <span className="text-xl font-semibold tracking-tight">Serai</span>
    </div>
  )
}
