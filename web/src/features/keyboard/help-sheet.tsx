/** Over the page: every shortcut, to look up and to print. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { useSingleKeys } from '@/shared/keys/single-keys'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { ShortcutList } from './shortcut-list'

export default function HelpSheet({ onClose }: { onClose: () => void }) {
  const [looked, setLooked] = useState('')
  const singleKeys = useSingleKeys()
  return (
    <Dialog title={t('Keyboard shortcuts')} wide onClose={onClose}>
      <div className="border-b border-line px-5 py-3">
        <input
          type="search"
          autoFocus
          aria-label={t('Find a shortcut')}
          placeholder={t('Find: what it does, or its keys')}
          dir="auto"
          value={looked}
          onChange={(event) => setLooked(event.target.value)}
          className="h-control w-full rounded-lg border border-line-strong bg-raised px-3 text-sm placeholder:text-faint"
        />
      </div>
      <div tabIndex={0} role="region" aria-label={t('All shortcuts')} className="min-h-0 flex-1 overflow-y-auto px-5 pt-4 outline-offset-[-2px]">
        {!singleKeys && <p className="mb-4 rounded-xl bg-lamp-soft px-3.5 py-2.5 text-sm text-lamp-ink">{t('Single keys are switched off on this device.')}</p>}
        <ShortcutList looked={looked} />
      </div>
      <DialogFoot>
        <Link
          to="/settings/$section"
          params={{ section: 'keyboard' }}
          onClick={onClose}
          className="me-auto text-sm font-medium text-accent underline underline-offset-2"
        >
          {t('Keyboard settings')}
        </Link>
      </DialogFoot>
    </Dialog>
  )
}
