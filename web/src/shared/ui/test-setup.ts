/** Before each file of tests of the parts: what a browser has and the pretend one has not; and a clean page after each. */
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

class NoResize {
  observe = () => undefined
  unobserve = () => undefined
  disconnect = () => undefined
}
globalThis.ResizeObserver = NoResize
Element.prototype.scrollIntoView = () => undefined
Element.prototype.hasPointerCapture = () => false
Element.prototype.setPointerCapture = () => undefined
Element.prototype.releasePointerCapture = () => undefined

afterEach(cleanup)
