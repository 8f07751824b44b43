/** Connecting a number, step by step: get access, choose the number, see that it works. */
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { AccessStep } from './access-step'
import type { Connected, Found } from './api'
import { DoneStep } from './done-step'
import { NumberStep } from './number-step'

interface Props {
  businesses: Business[]
  /** The one that was looked at before. */
  businessId: string | undefined
  /** From the address, when Meta's login has led back here. */
  code: string | undefined
}

const STEPS = [() => t('Access'), () => t('Number'), () => t('Done')]

export function ConnectPage({ businesses, businessId, code }: Props) {
  const [found, setFound] = useState<Found | null>(null)
  const [connected, setConnected] = useState<Connected | null>(null)
  const at = connected !== null ? 2 : found !== null ? 1 : 0
  useEffect(() => {
    document.title = `${t('Connect a number')} · Serai`
  }, [])
  return (
    <div className="mx-auto max-w-2xl px-4 py-5 two:px-8 two:py-7">
      <Link
        to="/channels"
        search={({ business }) => ({ business })}
        className="mb-3 inline-flex items-center gap-1 rounded text-sm text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('Channels')}
      </Link>
      <h1 className="text-xl font-bold tracking-tight">{t('Connect a number')}</h1>
      <Steps at={at} />
      {connected !== null ? (
        <DoneStep connected={connected} />
      ) : found !== null ? (
        <NumberStep
          found={found}
          businesses={businesses}
          businessId={businessId}
          onBack={() => setFound(null)}
          onConnected={setConnected}
        />
      ) : (
        <AccessStep code={code} onFound={setFound} />
      )}
    </div>
  )
}

function Steps({ at }: { at: number }) {
  return (
    <ol aria-label={t('Steps')} className="my-5 flex items-center gap-2 text-sm">
      {STEPS.map((name, index) => (
        <li
          key={index}
          aria-current={index === at ? 'step' : undefined}
          className={cx(
            'flex flex-1 items-center gap-2 after:h-px after:flex-1 after:bg-line-strong last:flex-none last:after:hidden',
            index === at ? 'font-semibold text-ink' : 'text-soft',
          )}
        >
          <span
            aria-hidden
            className={cx(
              'grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
              index < at && 'bg-good-soft text-good-ink',
              index === at && 'bg-accent-fill text-on-accent',
              index > at && 'bg-sunken',
            )}
          >
            {index < at ? <Check className="size-3.5" /> : index + 1}
          </span>
          {name()}
        </li>
      ))}
    </ol>
  )
}
