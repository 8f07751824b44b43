/** A part of the page that is asked of Meta: on its way, failed, or there. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

interface Props<Data> {
  query: UseQueryResult<Data>
  /** "the profile". */
  what: string
  children: (data: Data) => ReactNode
}

export function Part<Data>({ query, what, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) {
    return (
      <Loading what={what}>
        <div className="grid gap-4">
          <Skeleton className="h-32 rounded-2xl" />
          <Skeleton className="h-48 rounded-2xl" />
        </div>
      </Loading>
    )
  }
  return <Failed what={t('There is no answer about {what}', { what })} error={query.error} retry={query.refetch} />
}
