/** The faces of a place without content: nothing there, or something went wrong. */
import { CloudAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Arcade } from './arch'
import { Button } from './button'

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-1.5 p-8 text-center">
      <Arcade className="mb-3" />
      <p className="font-semibold">{title}</p>
      <div className="max-w-72 text-sm text-balance text-soft">{children}</div>
    </div>
  )
}

export function Failed({ what, error, retry }: { what: string; error: unknown; retry: () => unknown }) {
  return (
    <div role="alert" className="grid h-full place-content-center justify-items-center gap-1.5 p-8 text-center">
      <CloudAlert aria-hidden className="mb-1 size-8 text-bad" />
      <p className="font-semibold">{what}</p>
      <p className="max-w-72 text-sm text-balance text-soft">{wordsFor(error)}</p>
      <Button className="mt-3" onClick={() => void retry()}>
        {t('Try again')}
      </Button>
    </div>
  )
}
