/** Under a form: save it, and what came of it. */
import { Check } from 'lucide-react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'

interface Props {
  /** Nothing to save otherwise. */
  isChanged: boolean
  mutation: { isPending: boolean; isSuccess: boolean; error: Error | null }
  onUndo: () => void
}

export function SaveBar({ isChanged, mutation, onUndo }: Props) {
  const { isPending, isSuccess, error } = mutation
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2">
      <Button look="main" type="submit" disabled={!isChanged || isPending}>
        {isPending ? t('Saving…') : t('Save')}
      </Button>
      {isChanged && (
        <Button look="quiet" onClick={onUndo}>
          {t('Undo')}
        </Button>
      )}
      {error !== null && (
        <p role="alert" className="min-w-0 text-sm text-bad-ink">
          {wordsFor(error)}
        </p>
      )}
      {isSuccess && !isChanged && (
        <p role="status" className="flex items-center gap-1 text-sm text-good-ink">
          <Check aria-hidden className="size-4" />
          {t('Saved')}
        </p>
      )}
    </div>
  )
}
