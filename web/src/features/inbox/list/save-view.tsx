/** Asks for the name under which the filters of now are kept. */
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import type { InboxSearch } from '../search-params'
import type { ViewBody } from './views-menu'

interface SaveProps {
  search: InboxSearch
  save: (body: ViewBody) => Promise<unknown>
  onClose: () => void
}

export function SaveView({ search, save, onClose }: SaveProps) {
  const mayShare = useMay('business:write')
  const [name, setName] = useState('')
  const [isShared, setIsShared] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function submit() {
    try {
      await save({ name: name.trim(), is_shared: isShared, search: { ...search } })
      onClose()
    } catch (error) {
      setProblem(wordsFor(error))
    }
  }
  return (
    <Dialog title={t('Save this view')} onClose={onClose}>
      <form
        className="contents"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="grid gap-4 p-5">
          <Field label={t('Name')} value={name} onChange={setName} max={60} required autoFocus problem={problem} />
          {mayShare && <Checkbox label={t('For all colleagues')} checked={isShared} onChange={setIsShared} />}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="main" type="submit" disabled={name.trim() === ''}>
            {t('Save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
