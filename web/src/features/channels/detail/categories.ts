/** Meta's kinds of business. Source: WhatsApp Cloud API, "Business profiles", `vertical`. */
import { t } from '@/shared/i18n/t'

const CATEGORIES: [string, () => string][] = [
  ['', () => t('None')],
  ['ALCOHOL', () => t('Alcoholic drinks')],
  ['APPAREL', () => t('Clothing')],
  ['AUTO', () => t('Cars')],
  ['BEAUTY', () => t('Beauty, spa, salon')],
  ['EDU', () => t('Education')],
  ['ENTERTAIN', () => t('Entertainment')],
  ['EVENT_PLAN', () => t('Events')],
  ['FINANCE', () => t('Finance')],
  ['GOVT', () => t('Government')],
  ['GROCERY', () => t('Food and groceries')],
  ['HEALTH', () => t('Health')],
  ['HOTEL', () => t('Hotel')],
  ['NONPROFIT', () => t('Non-profit')],
  ['ONLINE_GAMBLING', () => t('Online gambling')],
  ['OTC_DRUGS', () => t('Medicines')],
  ['OTHER', () => t('Other')],
  ['PHYSICAL_GAMBLING', () => t('Gambling')],
  ['PROF_SERVICES', () => t('Professional services')],
  ['RESTAURANT', () => t('Restaurant')],
  ['RETAIL', () => t('Shopping')],
  ['TRAVEL', () => t('Travel')],
]

/** As a `Select` takes them. */
export const categories = () => CATEGORIES.map(([name, words]): [string, string] => [name, words()])
