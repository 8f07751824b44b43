/** Search in names, numbers and messages; what is typed goes to the address. */
import { useNavigate } from '@tanstack/react-router'
import { memo, useCallback } from 'react'
import { t } from '@/shared/i18n/t'
import { SearchBox } from '@/shared/ui/search-box'

export const ListSearch = memo(function ListSearch({ q }: { q: string | undefined }) {
  const navigate = useNavigate()
  const settle = useCallback(
    (wanted: string | undefined) => void navigate({ to: '.', search: (old) => ({ ...old, q: wanted }), replace: true }),
    [navigate],
  )
  return <SearchBox label={t('Search conversations')} value={q} onSettle={settle} />
})
