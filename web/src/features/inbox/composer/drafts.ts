/** What was begun and not sent, by conversation; kept for the life of the tab. */
const PREFIX = 'serai.draft.'

export function draftOf(conversationId: string): string {
  return sessionStorage.getItem(PREFIX + conversationId) ?? ''
}

export function keepDraft(conversationId: string, text: string): void {
  if (text === '') sessionStorage.removeItem(PREFIX + conversationId)
  else sessionStorage.setItem(PREFIX + conversationId, text)
}
