/** One passkey: its name, which its owner may change, and the way to take it off. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { Button, IconButton } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { renamePasskey, type Passkey } from './api'

export function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const { name, created_at: made, used_at: used } = passkey
  const [isRenaming, setRenaming] = useState(false)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-2.5">
      <KeyRound aria-hidden className="size-4.5 shrink-0 text-faint" />
      {isRenaming ? (
        <Rename passkey={passkey} onDone={() => setRenaming(false)} />
      ) : (
        <>
          <span className="min-w-0 flex-1">
            <bdi className="block truncate font-medium">{name}</bdi>
            <span className="block text-xs text-soft">
              {t('made {when}', { when: exactTime(made) })} · {used === null ? t('never used') : t('last used {when}', { when: exactTime(used) })}
            </span>
          </span>
          <span className="flex">
            <IconButton label={t('Rename {name}', { name })} onClick={() => setRenaming(true)}>
              <Pencil aria-hidden className="size-4" />
            </IconButton>
            <IconButton label={t('Remove {name}', { name })} onClick={onRemove}>
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          </span>
        </>
      )}
    </li>
  )
}

function Rename({ passkey: { id, name }, onDone }: { passkey: Passkey; onDone: () => void }) {
  const [wanted, setWanted] = useState(name)
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => renamePasskey(id, wanted.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['account'] })
      onDone()
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      className="flex min-w-0 flex-1 flex-wrap items-end gap-2"
    >
      <div className="min-w-40 flex-1">
        <Field label={t('Name of the passkey')} value={wanted} onChange={setWanted} required autoFocus max={60} problem={save.isError ? wordsFor(save.error) : null} />
      </div>
      <Button type="submit" look="main" busy={save.isPending} disabled={wanted.trim() === ''}>
        {t('Save')}
      </Button>
      <Button look="quiet" onClick={onDone}>
        {t('Cancel')}
      </Button>
    </form>
  )
}
