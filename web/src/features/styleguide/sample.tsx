/** The frame of what is shown: a part, or one of its states. */
import type { ReactNode } from 'react'

export function Chapter({ id, title, about, children }: { id: string; title: string; about: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20 border-t border-line py-8">
      <h2 id={`${id}-title`} className="text-lg font-bold tracking-tight">
        {title}
      </h2>
      <p className="mb-5 max-w-2xl text-sm text-soft">{about}</p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </section>
  )
}

export function Sample({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-2xl border border-line bg-panel p-4 two:p-5">
      <h3 className="mb-3 text-xs font-medium text-soft">{title}</h3>
      {children}
    </div>
  )
}

/** States side by side, as many as fit. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>
}

export function Grid({ children }: { children: ReactNode }) {
  return <div className="grid items-start gap-x-6 gap-y-5 two:grid-cols-2 wide:grid-cols-3">{children}</div>
}
