import { useMe } from '@/shared/session/me'

/** The time zone of a business, such as Asia/Muscat. */
export function useZone(businessId: string): string | undefined {
  return useMe().businesses.find(({ id }) => id === businessId)?.time_zone
}
