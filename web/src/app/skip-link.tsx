/** The first thing that Tab comes to: past the sections and the businesses, into the page. */
import { t } from '@/shared/i18n/t'

const ID = 'content'

/** On the element that it leads to. */
export const SKIP_TARGET = { id: ID, tabIndex: -1 }

export function SkipLink() {
  return (
    <a
      href={`#${ID}`}
      onClick={(event) => {
        // The address is the router's.
        event.preventDefault()
        document.getElementById(ID)?.focus()
      }}
      className="sr-only rounded-lg bg-raised font-medium text-ink shadow-raised focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:px-4 focus:py-2"
    >
      {t('Skip to the content')}
    </a>
  )
}
