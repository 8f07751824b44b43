/** Lists that somebody keeps: the filters of now under a name, and the way back to them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Bookmark, BookmarkPlus, Trash2, Users } from 'lucide-react'
import { lazy, memo, Suspense, useState } from 'react'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { t } from '@/shared/i18n/t'
import { newId } from '@/shared/lib/new-id'
import { Menu, type MenuEntry } from '@/shared/ui/menu'
import { toast, toastUndo } from '@/shared/ui/toast'
import { readSearch, type InboxSearch } from '../search-params'
import { shapeOf, viewCountsQuery, VIEWS_KEY, viewsQuery } from './views-query'

export type ViewBody = paths['/api/v1/views']['post']['requestBody']['content']['application/json']

const SaveView = lazy(() => import('./save-view').then((part) => ({ default: part.SaveView })))

export const ViewsMenu = memo(function ViewsMenu({ search }: { search: InboxSearch }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: views = [] } = useQuery(viewsQuery)
  const [saves, setSaves] = useState(false)
  const current = views.find((view) => shapeOf(view.search) === shapeOf(search))
  const counts = useQuery(viewCountsQuery(views.length > 0)).data?.counts ?? {}
  const renew = async () => {
    await client.invalidateQueries({ queryKey: VIEWS_KEY })
    await client.invalidateQueries({ queryKey: viewCountsQuery(true).queryKey })
  }
  const add = useMutation({
    mutationFn: (body: ViewBody) => answer(api.POST('/api/v1/views', { headers: { 'Idempotency-Key': newId() }, body })),
    onSettled: renew,
  })
  const remove = useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/views/{view_id}', { params: { path: { view_id: id } } })),
    onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }),
    onSuccess: () => toastUndo(t('View removed'), () => current !== undefined && add.mutate(current)),
    onSettled: renew,
  })
  const entries: MenuEntry[] = [
    ...views.map((view) => ({
      label: view.name,
      ...(counts[view.id] !== undefined && { count: counts[view.id] }),
      icon: view.is_shared === true ? Users : Bookmark,
      checked: view.id === current?.id,
      onSelect: () => void navigate({ to: '/inbox', search: readSearch(view.search) }),
    })),
    ...(views.length > 0 ? (['line'] as const) : []),
    { label: t('Save this view'), icon: BookmarkPlus, disabled: current !== undefined, onSelect: () => setSaves(true) },
    ...(current === undefined
      ? []
      : [{ label: t('Remove “{name}”', { name: current.name }), icon: Trash2, danger: true, onSelect: () => remove.mutate(current.id) }]),
  ]
  return (
    <>
      <Menu
        label={t('Views')}
        align="end"
        entries={entries}
        face={<Bookmark aria-hidden className={current === undefined ? 'size-4.5' : 'size-4.5 fill-current'} />}
        buttonProps={{
          'aria-label': current === undefined ? t('Views') : t('Views, now {name}', { name: current.name }),
          title: t('Views'),
          className: 'grid size-8 place-items-center rounded-lg text-soft transition-colors hover:bg-sunken hover:text-ink',
        }}
      />
      {saves && (
        <Suspense>
          <SaveView search={search} save={(body) => add.mutateAsync(body)} onClose={() => setSaves(false)} />
        </Suspense>
      )}
    </>
  )
})
