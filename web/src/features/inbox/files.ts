/** The files that messages carry, and how far each has come. */
import { createContext } from 'react'
import type { Message } from '@/shared/api/types'

export type FileView = NonNullable<Message['files']>[number]

/** The files of the message around, by id. */
export const FilesContext = createContext<ReadonlyMap<string, FileView>>(new Map())
