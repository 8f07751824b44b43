/** Which language the pages speak: what somebody chose here, else what their browser asks for, else English. */
import { i18n } from '@lingui/core'
import { useSyncExternalStore } from 'react'
// Brings the compiler of messages along, which a catalogue needs.
import './t'
import { understand } from './told'

export type Language = 'en' | 'ar'

interface Facts {
  /** In the language itself. */
  name: string
  dir: 'ltr' | 'rtl'
  /** For Intl. Western digits in Arabic too: phone numbers, prices and counts then read the same everywhere. */
  locale: string
  /** Fetched when it is first needed; English needs none. */
  catalogue: () => Promise<Record<string, string>>
  /** The same for sentences of the server. */
  told: () => Promise<Record<string, string>>
}

export const LANGUAGES: Record<Language, Facts> = {
  en: { name: 'English', dir: 'ltr', locale: 'en-GB', catalogue: () => Promise.resolve({}), told: () => Promise.resolve({}) },
  ar: {
    name: 'العربية',
    dir: 'rtl',
    locale: 'ar-u-nu-latn',
    catalogue: async () => (await import('./ar.json')).default,
    told: async () => (await import('./told.ar.json')).default,
  },
}

const KEPT = 'serai.language'
const listeners = new Set<() => void>()
let current: Language = 'en'

/** The language of the pages now. */
export const language = (): Language => current

/** For Intl: of the pages' language. */
export const locale = (): string => LANGUAGES[current].locale

export function useLanguage(): Language {
  return useSyncExternalStore(listen, language)
}

export function useChosenLanguage(): Language | null {
  return useSyncExternalStore(listen, chosenLanguage)
}

/** Speak it from now on, and on this device from the next start too; `null`: as the browser asks. */
export async function chooseLanguage(chosen: Language | null): Promise<void> {
  if (chosen === null) localStorage.removeItem(KEPT)
  else localStorage.setItem(KEPT, chosen)
  await speak(preferred())
}

/** What was chosen on this device; `null`: nothing, so the browser is followed. */
export function chosenLanguage(): Language | null {
  const kept = localStorage.getItem(KEPT)
  return kept !== null && isLanguage(kept) ? kept : null
}

/** At the start, before the first page is drawn. A catalogue that cannot be fetched leaves the pages in English. */
export async function speakPreferred(): Promise<void> {
  try {
    await speak(preferred())
  } catch {
    await speak('en')
  }
}

function preferred(): Language {
  const asked = navigator.languages.map((tag) => tag.split('-')[0] ?? '')
  return chosenLanguage() ?? asked.find(isLanguage) ?? 'en'
}

async function speak(next: Language): Promise<void> {
  const { dir, locale: locales, catalogue, told } = LANGUAGES[next]
  const [messages, saids] = await Promise.all([catalogue(), told()])
  understand(saids)
  i18n.loadAndActivate({ locale: next, locales, messages })
  current = next
  document.documentElement.lang = next
  document.documentElement.dir = dir
  for (const listener of listeners) listener()
}

export function isLanguage(tag: string): tag is Language {
  return tag in LANGUAGES
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
