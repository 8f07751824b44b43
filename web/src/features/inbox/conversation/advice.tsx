/** Under a message that did not arrive: why, and what to do next. */
import { cx } from '@/shared/lib/cx'

export function Advice({ label, text, isUnclear }: { label: string; text: string; isUnclear: boolean }) {
  return (
    <p
      className={cx(
        'mt-1 max-w-[min(34rem,85%)] rounded-lg px-2.5 py-1.5 text-xs',
        isUnclear ? 'bg-lamp-soft text-lamp-ink' : 'bg-bad-soft text-bad-ink',
      )}
    >
      <strong className="font-semibold">{label}.</strong> {text}
    </p>
  )
}
