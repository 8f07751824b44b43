/** The keys of a shortcut, drawn. */
import { Fragment } from 'react'
import { t } from '@/shared/i18n/t'
import { Kbd } from '@/shared/ui/kbd'
import { keyCaps } from './shown'

export function Keys({ all }: { all: readonly string[] }) {
  return (
    <span className="inline-flex shrink-0 flex-wrap items-center justify-end gap-1 text-xs text-faint">
      {all.map((keys, index) => (
        <Fragment key={keys}>
          {index > 0 && <span>{t('or')}</span>}
          <Sequence keys={keys} />
        </Fragment>
      ))}
    </span>
  )
}

function Sequence({ keys }: { keys: string }) {
  return keyCaps(keys).map((caps, index) => (
    <Fragment key={index}>
      {index > 0 && <span>{t('then')}</span>}
      <span dir="ltr" className="inline-flex items-center gap-0.5">
        {caps.map((cap) => (
          <Kbd key={cap}>{cap}</Kbd>
        ))}
      </span>
    </Fragment>
  ))
}
