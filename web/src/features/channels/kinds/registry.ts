/**
 * The kinds of channels that the pages know. A new one is a file like `whatsapp.tsx` and a line here; the list, a
 * channel's page and the way to connect one follow. What it can send the API says (`capabilities`).
 */
import type { Channel } from '../shapes'
import type { Kind } from './kind'
import { whatsapp } from './whatsapp'

export const KINDS: Record<Channel['kind'], Kind> = { whatsapp }
