/** For a colleague who lost their device and their codes. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { forgetSecondFactor, type Member } from './api'

export function ForgetFactor({ member: { id, name }, onClose }: { member: Member; onClose: () => void }) {
  const client = useQueryClient()
  const forget = useMutation({
    mutationFn: () => forgetSecondFactor(id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['members'] })
      toast({ text: t('{name} signs in by password and sets up anew.', { name }), tone: 'good' })
      onClose()
    },
  })
  return (
    <Confirm
      danger
      title={t('Reset the second factor of {name}?', { name })}
      verb={t('Reset')}
      busy={forget.isPending}
      problem={forget.error && wordsFor(forget.error)}
      onConfirm={() => forget.mutate()}
      onClose={onClose}
    >
      {t('Their passkeys, authenticator app and recovery codes work no more, and they are signed out. Do this only if you are sure that it is they who ask.')}
    </Confirm>
  )
}
