/** A newer version waits: nobody is interrupted, whoever wants it reloads. */
import { RefreshCw } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { useNewVersion } from '@/shared/pwa/service-worker'
import { Button } from '@/shared/ui/button'

export function VersionNotice() {
  const version = useNewVersion()
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 max-two:bottom-[calc(0.75rem+var(--bottom)+env(safe-area-inset-bottom))] z-40 flex justify-center px-4 print:hidden">
      {version !== null && (
        <div className="pointer-events-auto flex animate-rise items-center gap-3 rounded-2xl border border-line bg-raised py-2 ps-4 pe-2 text-sm shadow-raised">
          <RefreshCw aria-hidden className="size-4 text-accent" />
          <span>{t('There is a new version of Serai.')}</span>
          <Button look="main" onClick={version.reload}>
            {t('Reload')}
          </Button>
        </div>
      )}
    </div>
  )
}
