/** All shortcuts with their keys, by where they hold; those that fit what somebody looks for. */
import { useId } from 'react'
import { t } from '@/shared/i18n/t'
import { Keys } from '@/shared/keys/keys'
import { isSingleKey, NAMES, SCOPES, SHORTCUTS, type Scope, type ShortcutName } from '@/shared/keys/shortcuts'
import { keysAsText } from '@/shared/keys/shown'
import { useSingleKeys } from '@/shared/keys/single-keys'
import { cx } from '@/shared/lib/cx'

const ORDER = Object.keys(SCOPES) as Scope[]

export function ShortcutList({ looked = '' }: { looked?: string }) {
  const found = NAMES.filter((name) => fits(name, looked))
  if (found.length === 0) return <p className="py-10 text-center text-sm text-soft">{t('No shortcut fits “{looked}”.', { looked })}</p>
  return (
    <div className="gap-x-10 two:columns-2">
      {ORDER.map((scope) => (
        <Group key={scope} scope={scope} names={found.filter((name) => SHORTCUTS[name].scope === scope)} />
      ))}
    </div>
  )
}

function Group({ scope, names }: { scope: Scope; names: ShortcutName[] }) {
  const id = useId()
  const singleKeys = useSingleKeys()
  if (names.length === 0) return null
  return (
    <section aria-labelledby={id} className="mb-5 break-inside-avoid">
      <h3 id={id} className="mb-1 text-xs font-semibold text-soft">
        {SCOPES[scope]()}
      </h3>
      <dl className="divide-y divide-line">
        {names.map((name) => {
          const { keys, words, native } = SHORTCUTS[name]
          const isOff = !singleKeys && native !== true && keys.every(isSingleKey)
          return (
            <div key={name} className={cx('flex min-h-9 items-center justify-between gap-4 py-1 text-sm', isOff && 'text-faint line-through decoration-1')}>
              <dt>{words()}</dt>
              <dd>
                <Keys all={keys} />
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

/** By its words, or by its keys: "g i" finds what G and I do. */
function fits(name: ShortcutName, looked: string): boolean {
  const wanted = looked.trim().toLowerCase()
  const { words, keys } = SHORTCUTS[name]
  return words().toLowerCase().includes(wanted) || keys.some((each) => keysAsText(each).toLowerCase() === wanted)
}
