/** The authenticator app and the recovery codes. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Card } from '@/shared/ui/settings-page'
import { removeAuthenticator, renewRecoveryCodes, type Account } from './api'
import { AuthenticatorSetup, RecoveryCodes } from './authenticator-setup'
import { WithPassword } from './with-password'

type Open = 'setup' | 'remove' | 'renew' | null

export function FactorsCard({ account }: { account: Account }) {
  const [open, setOpen] = useState<Open>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const client = useQueryClient()
  const close = () => {
    setOpen(null)
    setCodes(null)
    void client.invalidateQueries({ queryKey: ['account'] })
    void client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <Card title={t('Authenticator app')} about={t('A code from your phone, besides the password.')}>
      <Held account={account} onOpen={setOpen} />
      {open === 'setup' && (
        <Dialog title={t('Set up an authenticator app')} onClose={close}>
          <div className="overflow-y-auto p-5">
            <AuthenticatorSetup onDone={close} />
          </div>
        </Dialog>
      )}
      {open === 'remove' && (
        <WithPassword title={t('Remove the authenticator app?')} verb={t('Remove')} danger act={removeAuthenticator} onDone={close} onClose={close}>
          {t('From then on nobody asks you for a code of it.')}
        </WithPassword>
      )}
      {open === 'renew' && codes === null && (
        <WithPassword title={t('Make new recovery codes?')} verb={t('Make new ones')} act={renewRecoveryCodes} onDone={(made) => setCodes(made.codes)} onClose={close}>
          {t('Those that you have now work no more.')}
        </WithPassword>
      )}
      {codes !== null && (
        <Dialog title={t('Your recovery codes')} onClose={close}>
          <div className="p-5">
            <RecoveryCodes codes={codes} onDone={close} />
          </div>
        </Dialog>
      )}
    </Card>
  )
}

function Held({ account, onOpen }: { account: Account; onOpen: (what: Open) => void }) {
  const since = account.authenticator_at
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {since === null ? <Badge tone="quiet">{t('Off')}</Badge> : <Badge tone="good">{t('On')}</Badge>}
        {since !== null && <span className="text-sm text-soft">{t('since {when}', { when: exactTime(since) })}</span>}
        <span className="ms-auto" />
        {since === null ? (
          <Button look="main" onClick={() => onOpen('setup')}>
            {t('Set up')}
          </Button>
        ) : (
          <Button onClick={() => onOpen('remove')}>{t('Remove')}</Button>
        )}
      </div>
      {(since !== null || account.passkeys.length > 0) && (
        <Recovery left={account.recovery_codes_left} onRenew={() => onOpen('renew')} />
      )}
    </>
  )
}

function Recovery({ left, onRenew }: { left: number; onRenew: () => void }) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3 border-t border-line pt-4 text-sm">
      <span>
        {t('{count, plural, =0 {No recovery codes are left.} one {# recovery code is left.} other {# recovery codes are left.}}', {
          count: left,
        })}
      </span>
      <Button className="ms-auto" onClick={onRenew}>
        {t('Make new ones')}
      </Button>
    </div>
  )
}
