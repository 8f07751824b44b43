/** Kinds that WhatsApp tells of but does not hand out, in words. */
const NOUNS: Record<string, string> = {
  poll: 'a poll',
  poll_update: 'a vote in a poll',
  gif: 'a moving picture',
  group_invite: 'an invitation to a group',
  pin: 'a pinned message',
  edit: 'a changed message',
  button: 'a button',
  view_once: 'a message to be seen once',
  event: 'an event',
}

export const unsupportedWords = (original: string) =>
  `Sent ${NOUNS[original] ?? 'something'} that WhatsApp does not pass on. They can see it on their phone.`
