/** Tags on conversations: put on, taken off, or made new on the way. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, type ComponentProps, type ReactNode } from 'react'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useHint } from '@/shared/keys/shown'
import { useMay } from '@/shared/session/me'
import { Choices } from '@/shared/ui/combobox'
import { Popover } from '@/shared/ui/popover'
import { toast } from '@/shared/ui/toast'
import { tagsQuery } from './api'
import { useTag } from './mutations'
import { TagDot } from '@/shared/ui/tag'

interface Props {
  conversationIds: string[]
  businessId: string
  /** Ids of those that all of them have. */
  chosen: string[]
  face: ReactNode
  className: string
  buttonProps?: Omit<ComponentProps<'button'>, 'children' | 'onClick'>
}

export function TagPicker({ face, className, buttonProps, ...rest }: Props) {
  const hint = useHint('tag', t('Tags'))
  return (
    <Popover label={t('Tags')} side="bottom" align="end" className="w-64" buttonProps={{ 'aria-label': t('Tags'), title: hint, className, ...buttonProps }} face={face}>
      <Suspense>
        <List {...rest} />
      </Suspense>
    </Popover>
  )
}

function List({ conversationIds, businessId, chosen }: Pick<Props, 'conversationIds' | 'businessId' | 'chosen'>) {
  const tags = useQuery(tagsQuery(businessId))
  const mayMake = useMay('contacts:write', businessId)
  const tag = useTag(conversationIds)
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: (name: string) =>
      answer(api.POST('/api/v1/tags', { body: { business_id: businessId, name, colour: 'grey' } })),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['tags'] })
      tag.mutate({ add: [id] })
    },
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
  })
  return (
    <Choices
      label={t('Tags')}
      several
      busy={tags.isPending}
      choices={(tags.data?.data ?? []).map(({ id, name, colour }) => ({ value: id, label: name, mark: <TagDot colour={colour} /> }))}
      chosen={chosen}
      onChoose={(id) => tag.mutate(chosen.includes(id) ? { remove: [id] } : { add: [id] })}
      onCreate={mayMake ? (name) => make.mutate(name) : undefined}
    />
  )
}
