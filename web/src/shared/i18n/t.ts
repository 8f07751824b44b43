/** Every sentence that people read, in their language. The English sentence is its own name. */
import { i18n } from '@lingui/core'
import { compile } from './compile'

i18n.setMessagesCompiler(compile)
i18n.loadAndActivate({ locale: 'en', messages: {} })

/** `message` in ICU form: `t('{count, plural, one {# reply} other {# replies}}', { count })`. Call it while rendering. */
export function t(message: string, values?: Record<string, unknown>): string {
  return i18n._({ id: message, message, ...(values !== undefined && { values }) })
}
