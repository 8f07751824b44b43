/** How much fits. Source: WhatsApp Cloud API, "Interactive messages". Characters, unless it says otherwise. */
export const LIMITS = {
  header: 60,
  footer: 60,
  body: 1024,
  listBody: 4096,
  /** Buttons of a message. */
  buttons: 3,
  buttonTitle: 20,
  listButton: 20,
  /** Rows of all sections together. */
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  sectionTitle: 24,
  linkLabel: 20,
  link: 2000,
} as const

/** The first of two that are the same, as people compare: without regard to spaces around. */
export function repeated(titles: string[]): string | null {
  const seen = new Set<string>()
  for (const title of titles.map((each) => each.trim())) {
    if (title !== '' && seen.has(title)) return title
    seen.add(title)
  }
  return null
}

/** An id that says what was tapped, for those who count the answers. */
export function idFor(title: string, index: number): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return `${index + 1}-${words === '' ? 'choice' : words}`
}
