/** One subject of the panel. */
import type { ReactNode } from 'react'

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-2xs font-semibold text-faint">{title}</h3>
      {children}
    </section>
  )
}
