/** Keys to press, as they look. */
import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd
      dir="ltr"
      className="inline-grid h-5 min-w-5 shrink-0 place-items-center rounded-md border border-line bg-sunken px-1 font-sans text-2xs font-medium text-soft"
    >
      {children}
    </kbd>
  )
}
