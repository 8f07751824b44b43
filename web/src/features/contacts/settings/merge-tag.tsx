/** Two tags that mean one thing become one. */
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Select } from '@/shared/ui/select'
import { toast } from '@/shared/ui/toast'
import { useMergeTag, type Tag } from './api'

interface Props {
  tag: Tag
  others: Tag[]
  onClose: () => void
}

export function MergeTag({ tag, others, onClose }: Props) {
  const [into, setInto] = useState(others[0]?.id ?? '')
  const merge = useMergeTag(tag.id)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    merge.mutate(into, {
      onSuccess: (kept) => {
        onClose()
        toast({ text: t('{gone} is {kept} now', { gone: tag.name, kept: kept.name }), tone: 'good' })
      },
    })
  }
  return (
    <Dialog title={t('Merge {name} into another tag', { name: tag.name })} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <div className="grid gap-4 p-5">
          <Select
            label={t('The tag that stays')}
            value={into}
            options={others.map(({ id, name }) => [id, name])}
            onChange={setInto}
            problem={merge.error === null ? null : wordsFor(merge.error)}
          />
          <p className="text-sm text-soft">
            {t('Every person and conversation with {name} has the other one then, and {name} is gone. This cannot be undone.', { name: tag.name })}
          </p>
        </div>
        <DialogFoot>
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" busy={merge.isPending}>
            {t('Merge')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
