/** A part of a contact's page. */
import type { ReactNode } from 'react'

interface Props {
  title: string
  /** At the end of its head: what to do with it. */
  tool?: ReactNode
  children: ReactNode
}

export function Card({ title, tool, children }: Props) {
  return (
    <section aria-label={title} className="min-w-0 rounded-2xl border border-line bg-panel">
      <header className="flex min-h-12 items-center justify-between gap-2 ps-4 pe-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {tool}
      </header>
      <div className="px-4 pb-4">{children}</div>
    </section>
  )
}
