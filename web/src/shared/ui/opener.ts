/** Who had the focus before a window opened; it gets it back. */
import { useState } from 'react'

/** For `onCloseAutoFocus` of a window that is drawn only while it is open. */
export function useFocusBack(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement)
  return (event) => {
    event.preventDefault()
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }
}
