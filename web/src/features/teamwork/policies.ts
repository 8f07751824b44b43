/** How conversations are given out, in words. */
import { t } from '@/shared/i18n/t'
import type { Policy } from './api'

export const policies = (): [NonNullable<Policy>, string][] => [
  ['manual', t('By hand')],
  ['round_robin', t('By turn')],
]
