/** The state of the files that messages carry. */
import { createContext } from 'react'

export interface FileView {
  id: string
  state: 'waiting' | 'ready' | 'failed' | 'infected'
  name: string | null
  mime_type: string | null
  /** Bytes. */
  size: number | null
  /** Seconds of sound or film. */
  duration: number | null
  width: number | null
  height: number | null
  /** Why it failed, for people. */
  reason: string | null
}

/** The files of the message around, by id. */
export const FilesContext = createContext<ReadonlyMap<string, FileView>>(new Map())
