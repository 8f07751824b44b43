/** After the first key of two: which may follow. */
import { t } from '@/shared/i18n/t'
import { canPress } from '@/shared/keys/live'
import { NAMES, SHORTCUTS } from '@/shared/keys/shortcuts'
import { keysAsText } from '@/shared/keys/shown'
import { Kbd } from '@/shared/ui/kbd'

export function BegunHint({ begun }: { begun: string }) {
  const next = NAMES.flatMap((name) => {
    const keys = SHORTCUTS[name].keys.find((each) => each.startsWith(`${begun} `))
    return keys === undefined || !canPress(name) ? [] : [{ name, key: keys.slice(begun.length + 1) }]
  })
  return (
    <div aria-hidden className="pointer-events-none fixed inset-x-0 bottom-6 z-50 flex justify-center px-4">
      <div className="animate-rise rounded-2xl border border-line bg-raised px-4 py-3 shadow-raised">
        <p className="mb-2 flex items-center gap-1.5 text-xs text-soft">
          <Kbd>{keysAsText(begun)}</Kbd> {t('then')}
        </p>
        <ul className="grid gap-x-6 gap-y-1 text-sm two:grid-cols-2">
          {next.map(({ name, key }) => (
            <li key={name} className="flex items-center gap-2.5">
              <Kbd>{keysAsText(key)}</Kbd>
              {SHORTCUTS[name].words()}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
