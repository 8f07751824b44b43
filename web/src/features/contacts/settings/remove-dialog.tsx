/** Asks once more before a tag or a field goes from everybody who has it. */
import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'

interface Props {
  /** A question. */
  title: string
  remove: Pick<UseMutationResult<undefined>, 'mutate' | 'isPending' | 'error'>
  onClose: () => void
  /** What goes with it. */
  children: ReactNode
}

export function RemoveDialog({ title, remove, onClose, children }: Props) {
  const onSuccess = () => {
    onClose()
    toast({ text: t('Deleted'), tone: 'good' })
  }
  return (
    <Confirm
      title={title}
      verb={t('Delete')}
      danger
      busy={remove.isPending}
      problem={remove.error === null ? null : wordsFor(remove.error)}
      onConfirm={() => remove.mutate(undefined, { onSuccess })}
      onClose={onClose}
    >
      {children}
    </Confirm>
  )
}
