/** The rows of the list as they stand in the page. */

/** Of the row that this is. */
export function idOf(element: Element | null): string | undefined {
  return element instanceof HTMLElement ? element.dataset['conversation'] : undefined
}

/** Whether it is drawn, and so has the focus now. */
export function focusRow(scroller: HTMLElement | null, id: string | undefined): boolean {
  if (id === undefined) return false
  const row = scroller?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  return row != null
}
