/** A part of a page with a heading. */
import type { ReactNode } from 'react'

interface Props {
  title: string
  about?: ReactNode
  /** At the end of the heading's line. */
  tools?: ReactNode
  children: ReactNode
}

export function Panel({ title, about, tools, children }: Props) {
  return (
    <section aria-label={title} className="rounded-2xl border border-line bg-raised p-4 two:p-5">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="font-semibold">{title}</h2>
          {about !== undefined && <p className="text-sm text-soft">{about}</p>}
        </div>
        {tools}
      </div>
      {children}
    </section>
  )
}
