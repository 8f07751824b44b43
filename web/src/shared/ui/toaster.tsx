/** Draws the toasts and tells them to screen readers; F8 goes to them. */
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { t } from '@/shared/i18n/t'
import { dropToast, type ShownToast } from './toast'

export default function Toaster({ toasts }: { toasts: ShownToast[] }) {
  return (
    <Radix.Provider label={t('Notice')} swipeDirection="down">
      {toasts.map((each) => (
        <One key={each.id} {...each} />
      ))}
      <Radix.Viewport
        label={t('Notices ({hotkey})', { hotkey: '{hotkey}' })}
        className="fixed inset-x-0 bottom-[calc(1rem+env(safe-area-inset-bottom))] max-two:bottom-[calc(0.75rem+var(--bottom)+env(safe-area-inset-bottom))] z-60 mx-auto flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 outline-none"
      />
    </Radix.Provider>
  )
}

function One({ id, text, tone, action, ms }: ShownToast) {
  return (
    <Radix.Root
      duration={ms}
      type={tone === 'bad' ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && dropToast(id)}
      className="flex animate-rise items-center gap-2.5 rounded-xl bg-toast py-1.5 ps-3.5 pe-1.5 text-sm text-on-toast shadow-raised"
    >
      {tone === 'good' && <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />}
      {tone === 'bad' && <CircleAlert aria-hidden className="size-4 shrink-0 text-lamp" />}
      <Radix.Description dir="auto" className="min-w-0 flex-1 py-1.5">
        {text}
      </Radix.Description>
      {action !== undefined && (
        <Radix.Action
          altText={action.label}
          onClick={action.onAct}
          className="h-8 shrink-0 rounded-lg px-2.5 font-semibold text-lamp outline-lamp hover:bg-white/10"
        >
          {action.label}
        </Radix.Action>
      )}
      <Radix.Close aria-label={t('Dismiss')} className="grid size-8 shrink-0 place-items-center rounded-lg outline-lamp hover:bg-white/10">
        <X aria-hidden className="size-4" />
      </Radix.Close>
    </Radix.Root>
  )
}
