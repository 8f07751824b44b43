/** The rows of the list as they stand in the page. */

/** Of the row that this is. */
export function idOf(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset['conversation'] : undefined
}

export function focusRow(scroller: HTMLElement | null, id: string | undefined): void {
  if (id === undefined) return
  scroller?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`)?.focus()
}
