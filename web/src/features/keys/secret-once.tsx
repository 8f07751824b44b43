/** A key that was just made: the only time that it is shown. */
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import type { MadeKey } from './api'

export function SecretOnce({ made, onClose }: { made: MadeKey; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(made.secret).then(() => setCopied(true))
  const Mark = isCopied ? Check : Copy
  return (
    <Dialog title={t('Your new key')} onClose={onClose}>
      <div className="grid gap-3 overflow-y-auto p-5">
        <p className="text-sm text-soft">
          {t('Copy it now and keep it where secrets belong. It is not shown again; we keep no copy of it.')}
        </p>
        <div className="flex flex-wrap items-center gap-2 rounded-xl border border-line bg-raised p-3">
          <code dir="ltr" aria-label={t('The key')} className="min-w-0 flex-1 font-mono text-sm break-all select-all">
            {made.secret}
          </code>
          <Button onClick={copy}>
            <Mark aria-hidden className="size-4" />
            {isCopied ? t('Copied') : t('Copy')}
          </Button>
        </div>
        <p className="text-sm text-soft">{t('Send it with every request:')}</p>
        <code dir="ltr" className="block rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-all">
          Authorization: Bearer {made.hint}…
        </code>
      </div>
      <DialogFoot>
        <Button look="main" onClick={onClose}>
          {t('I have kept it')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
