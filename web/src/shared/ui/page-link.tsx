/**
 * A link to another page that is given its whole address. A router's own works its address out anew at each change of
 * the page's, and there are dozens on a page that changes its address at every press.
 */
import { defaultStringifySearch, useLocation, useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent } from 'react'

interface Props extends Omit<ComponentProps<'a'>, 'onClick'> {
  href: string
}

export function PageLink(props: Props) {
  const { history } = useRouter()
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainPress(event)) return
    event.preventDefault()
    if (props.href === history.location.href) history.replace(props.href)
    else history.push(props.href)
  }
  return <a {...props} onClick={go} />
}

/** What a browser would follow here, in this tab. */
export function isPlainPress({ button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented }: MouseEvent): boolean {
  return button === 0 && !defaultPrevented && !metaKey && !ctrlKey && !shiftKey && !altKey
}

/** The address of a page, with what its search parameters say. */
export const pageAddress = (path: string, search: object): string => path + defaultStringifySearch({ ...search })

/** The part of the product that is shown: "/inbox". */
export function useSection(): string {
  return useLocation({ select: ({ pathname }) => `/${pathname.split('/')[1] ?? ''}` })
}

/** What the search parameters say now. */
export function useSearchNow(): object {
  return useLocation({ select: ({ search }) => search as object })
}
