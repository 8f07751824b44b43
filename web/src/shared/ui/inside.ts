/** Where panels that float are drawn: inside the window they belong to, so that it does not take them for elsewhere. */
import { createContext } from 'react'

/** `null`: at the end of the page. */
export const Inside = createContext<HTMLElement | null>(null)
