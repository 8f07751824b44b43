/** Connecting a channel: of which kind, if there are several, and then that kind's own steps. */
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMayCheck } from '@/shared/session/me'
import { Empty } from '@/shared/ui/notice'
import type { Kind, WizardProps } from '../kinds/kind'
import { KINDS } from '../kinds/registry'

const ALL = Object.values(KINDS)

export function ConnectPage(given: Omit<WizardProps, 'onStep'>) {
  // Meta's login leads back to where it was begun: the one kind that it is for so far.
  const [kind, setKind] = useState(ALL.length === 1 || given.code !== undefined ? ALL[0] : undefined)
  const [at, setAt] = useState(0)
  const title = kind?.connect.title() ?? t('Connect a channel')
  useEffect(() => {
    document.title = `${title} · Serai`
  }, [title])
  const may = useMayCheck()
  const businesses = given.businesses.filter(({ id }) => may('channels:write', id))
  if (businesses.length === 0) {
    return <Empty title={t('There is no such page')}>{t('Or it is not for your role. Ask an owner of the company.')}</Empty>
  }
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
      <h1 className="text-xl font-bold tracking-tight">{title}</h1>
      {kind === undefined ? (
        <KindChoice onChoose={setKind} />
      ) : (
        <>
          <Steps names={kind.connect.steps} at={at} />
          <kind.connect.Wizard {...given} businesses={businesses} onStep={setAt} />
        </>
      )}
    </div>
  )
}

function KindChoice({ onChoose }: { onChoose: (kind: Kind) => void }) {
  return (
    <ul aria-label={t('Kinds of channels')} className="mt-5 grid gap-3">
      {ALL.map((kind) => (
        <li key={kind.name()}>
          <button
            type="button"
            onClick={() => onChoose(kind)}
            className="flex w-full items-center gap-3 rounded-2xl border border-line bg-raised p-4 text-start hover:shadow-raised"
          >
            <kind.icon aria-hidden className="size-6 shrink-0 text-accent" />
            <span className="min-w-0">
              <span className="block font-semibold">{kind.name()}</span>
              <span className="block text-sm text-soft">{kind.connect.about()}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Steps({ names, at }: { names: Kind['connect']['steps']; at: number }) {
  return (
    <ol aria-label={t('Steps')} className="my-5 flex items-center gap-2 text-sm">
      {names.map((name, index) => (
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
