/** What the list is narrowed to beside its queue, and how it is ordered. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import { t } from '@/shared/i18n/t'
import { FilterChips, type Filter } from '@/shared/ui/filter-chips'
import { channelsQuery } from '../api'
import { ORDERS, type InboxSearch } from '../search-params'
import { tagsQuery } from '../teamwork/api'

export const ListFilters = memo(function ListFilters({ search }: { search: InboxSearch }) {
  const navigate = useNavigate()
  const channels = useQuery(channelsQuery).data?.data ?? []
  const tags = useQuery({ ...tagsQuery(search.business ?? ''), enabled: search.business !== undefined }).data?.data ?? []
  const change = (name: string, value: string | undefined) =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, [name]: name === 'unread' ? (value === undefined ? undefined : true) : value }),
    })
  const filters: Filter[] = [
    { name: 'unread', title: t('Unread'), options: [['yes', t('only')]], value: search.unread === true ? 'yes' : undefined },
    {
      name: 'channel',
      title: t('Channel'),
      options: channels.filter(({ business_id: id }) => search.business === undefined || id === search.business).map(({ id, name }) => [id, name]),
      value: search.channel,
    },
    { name: 'tag', title: t('Tag'), options: tags.map(({ id, name }) => [id, name]), value: search.tag },
    { name: 'order', title: t('Sort'), options: ORDERS.map((each) => [each, sortWords(each)]), value: search.order },
  ]
  const clear = () =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, unread: undefined, channel: undefined, tag: undefined, order: undefined }),
    })
  return <FilterChips filters={filters.filter(({ options }) => options.length > 0)} onChange={change} onClear={clear} />
})

const sortWords = (sort: (typeof ORDERS)[number]) => (sort === 'oldest' ? t('oldest first') : t('longest waiting first'))
