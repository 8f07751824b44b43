/** What can be done with a person: put aside, kept away by a number, and back. */
import { useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Ellipsis, ShieldBan, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Confirm } from '@/shared/ui/confirm'
import { Menu, type MenuEntry } from '@/shared/ui/menu'
import { toast, toastUndo } from '@/shared/ui/toast'
import { blocksQuery, channelsQuery, useArchive, useBlock, useRestore, type Contact } from '../api'
import { canBlock, nameOf } from '../words'

interface Channel {
  id: string
  name: string
}

export function HeadActs({ contact }: { contact: Contact }) {
  const [blocking, setBlocking] = useState<Channel | null>(null)
  const archiving = useArchiveEntries(contact)
  const entries = [...archiving, ...useBlockEntries(contact, setBlocking)]
  if (entries.length === 0) return null
  return (
    <>
      <Menu
        label={t('More')}
        align="end"
        entries={entries}
        face={<Ellipsis aria-hidden className="size-4.5" />}
        buttonProps={{
          'aria-label': t('More about {value}', { value: nameOf(contact) }),
          className: 'grid size-control shrink-0 place-items-center rounded-lg border border-line-strong bg-raised text-soft shadow-low hover:bg-sunken hover:text-ink',
        }}
      />
      {blocking !== null && <ConfirmBlock contact={contact} channel={blocking} onClose={() => setBlocking(null)} />}
    </>
  )
}

function useArchiveEntries(contact: Contact): MenuEntry[] {
  const mayWrite = useMay('contacts:write', contact.business_id)
  const archive = useArchive(contact.id)
  const restore = useRestore(contact.id)
  if (!mayWrite) return []
  if (contact.archived_at !== null) return [{ label: t('Restore'), icon: ArchiveRestore, onSelect: () => restore.mutate(undefined) }]
  const act = () =>
    archive.mutate(undefined, { onSuccess: () => toastUndo(t('Archived. They are back when they write.'), () => restore.mutate(undefined)) })
  return [{ label: t('Archive'), icon: Archive, onSelect: act }]
}

/** One for each number that they were talked to by. */
function useBlockEntries(contact: Contact, onBlock: (channel: Channel) => void): MenuEntry[] {
  const mayBlock = useMay('channels:write', contact.business_id)
  const channels = useQuery({ ...channelsQuery, enabled: mayBlock }).data?.data ?? []
  const blocks = useQuery({ ...blocksQuery(contact.id), enabled: mayBlock }).data?.data ?? []
  const lift = useBlock(contact.id)
  if (!mayBlock) return []
  const theirs = channels.filter((each) => contact.channel_ids.includes(each.id) && canBlock(each))
  return theirs.map((channel) => {
    const where = theirs.length > 1 ? { about: channel.name } : {}
    if (!blocks.some(({ channel_id: id }) => id === channel.id)) {
      return { label: t('Block'), ...where, icon: ShieldBan, danger: true, onSelect: () => onBlock(channel) }
    }
    const act = () =>
      lift.mutate(
        { channel: channel.id, on: false },
        {
          onSuccess: () => toast({ text: t('{name} may write again', { name: nameOf(contact) }), tone: 'good' }),
          onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }),
        },
      )
    return { label: t('Unblock'), ...where, icon: ShieldCheck, onSelect: act }
  })
}

function ConfirmBlock({ contact, channel, onClose }: { contact: Contact; channel: Channel; onClose: () => void }) {
  const block = useBlock(contact.id)
  const name = nameOf(contact)
  return (
    <Confirm
      title={t('Block {name}?', { name })}
      verb={t('Block')}
      danger
      busy={block.isPending}
      problem={block.error === null ? null : wordsFor(block.error)}
      onConfirm={() => block.mutate({ channel: channel.id, on: true }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('They can no longer write to {channel}, nor it to them, until somebody unblocks them.', { channel: channel.name })}
    </Confirm>
  )
}
