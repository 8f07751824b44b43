/** Whether the page hears of changes at once; silent while all is well. */
import { CloudOff, WifiOff } from 'lucide-react'
import type { LiveState } from '@/shared/api/live'
import { t } from '@/shared/i18n/t'
import { useHasNetwork } from '@/shared/offline/online'
import { Badge } from '@/shared/ui/badge'

export function LiveMark({ state }: { state: LiveState }) {
  const hasNetwork = useHasNetwork()
  return (
    <span role="status">
      {!hasNetwork ? (
        <Badge tone="lamp">
          <CloudOff aria-hidden />
          {t('Offline')}
        </Badge>
      ) : state === 'lost' ? (
        <Badge tone="lamp">
          <WifiOff aria-hidden />
          {t('Reconnecting')}
        </Badge>
      ) : (
        <span className="sr-only">{state === 'live' ? t('Live') : t('Connecting')}</span>
      )}
    </span>
  )
}
