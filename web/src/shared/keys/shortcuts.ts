/**
 * Every shortcut of the pages, once: what it does, by which keys, and where it holds.
 *
 * A page says what one of them does with `useShortcut`, or marks the button that does it with `useKeyMarks`. One that
 * nobody on the page answers does nothing, so what somebody may not do has no key either.
 */
import { t } from '@/shared/i18n/t'

export type Scope = 'anywhere' | 'list' | 'conversation' | 'writing'

export interface Shortcut {
  scope: Scope
  /**
   * Each of these does it. `mod` is ⌘ on a Mac and Ctrl elsewhere; keys with a space between them are pressed one after
   * the other. Letters are those that the keyboard writes, or that stand there on a Latin one (see chords.ts).
   */
  keys: readonly [string, ...string[]]
  /** Called while rendering, so that it follows the language. */
  words: () => string
  /** Holds in text boxes too. */
  whileTyping?: true
  /** Goes on while the key is held. */
  repeats?: true
  /** What has the focus knows the key by itself; here it is only told of. */
  native?: true
}

export const SCOPES: Record<Scope, () => string> = {
  anywhere: () => t('Anywhere'),
  list: () => t('In the list'),
  conversation: () => t('In a conversation'),
  writing: () => t('While writing'),
}

const ALL = {
  help: { scope: 'anywhere', keys: ['?'], words: () => t('Show all shortcuts') },
  palette: { scope: 'anywhere', keys: ['mod+k'], words: () => t('Find or do anything'), whileTyping: true },
  goInbox: { scope: 'anywhere', keys: ['g i'], words: () => t('Go to the inbox') },
  goMine: { scope: 'anywhere', keys: ['g m'], words: () => t('Go to my conversations') },
  goUnassigned: { scope: 'anywhere', keys: ['g u'], words: () => t('Go to what nobody has') },
  goContacts: { scope: 'anywhere', keys: ['g c'], words: () => t('Go to the contacts') },
  goChannels: { scope: 'anywhere', keys: ['g n'], words: () => t('Go to the numbers') },
  goSearch: { scope: 'anywhere', keys: ['g f'], words: () => t('Go to the search') },
  goReports: { scope: 'anywhere', keys: ['g r'], words: () => t('Go to the reports') },
  goSettings: { scope: 'anywhere', keys: ['g s'], words: () => t('Go to the settings') },

  next: { scope: 'list', keys: ['j'], words: () => t('Next conversation'), repeats: true },
  previous: { scope: 'list', keys: ['k'], words: () => t('Previous conversation'), repeats: true },
  walk: { scope: 'list', keys: ['ArrowDown', 'ArrowUp'], words: () => t('Walk through the list'), native: true },
  ends: { scope: 'list', keys: ['Home', 'End'], words: () => t('First and last'), native: true },
  open: { scope: 'list', keys: ['Enter'], words: () => t('Open'), native: true },
  pick: { scope: 'list', keys: ['x'], words: () => t('Select, to do something to several') },
  find: { scope: 'list', keys: ['/'], words: () => t('Search the list') },

  reply: { scope: 'conversation', keys: ['r'], words: () => t('Reply') },
  note: { scope: 'conversation', keys: ['n'], words: () => t('Write a note for colleagues') },
  take: { scope: 'conversation', keys: ['m'], words: () => t('Assign to me') },
  assign: { scope: 'conversation', keys: ['a'], words: () => t('Assign to somebody') },
  resolve: { scope: 'conversation', keys: ['e'], words: () => t('Resolve, or reopen') },
  snooze: { scope: 'conversation', keys: ['z', 'h'], words: () => t('Put off') },
  tag: { scope: 'conversation', keys: ['t'], words: () => t('Tags') },
  unread: { scope: 'conversation', keys: ['u'], words: () => t('Mark as unread') },
  about: { scope: 'conversation', keys: ['i'], words: () => t('About this person') },
  back: { scope: 'conversation', keys: ['Escape'], words: () => t('Back: out of the box, then to the list'), whileTyping: true },

  send: { scope: 'writing', keys: ['Enter', 'mod+Enter'], words: () => t('Send (settings, Answering, say which)'), native: true },
  newLine: { scope: 'writing', keys: ['shift+Enter'], words: () => t('New line'), native: true },
  quickReply: { scope: 'writing', keys: ['/'], words: () => t('Quick reply'), native: true },
  mention: { scope: 'writing', keys: ['@'], words: () => t('In a note: mention a colleague'), native: true },
} satisfies Record<string, Shortcut>

export type ShortcutName = keyof typeof ALL

/** In the order of the help sheet. */
export const SHORTCUTS: Record<ShortcutName, Shortcut> = ALL

export const NAMES = Object.keys(ALL) as ShortcutName[]

/** Whether one key that writes something does it: those can be switched off. Source: WCAG 2.2, 2.1.4. */
export const isSingleKey = (keys: string): boolean => keys.split(' ').every((key) => Array.from(key).length === 1)
