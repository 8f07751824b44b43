/** Search in names, numbers and messages; what is typed goes to the address after a short rest. */
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '@/shared/i18n/t'

const REST_MS = 250

export function SearchBox({ q }: { q: string | undefined }) {
  const navigate = useNavigate()
  const [text, setText] = useState(q ?? '')
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim()
    if (wanted === q) return
    const timer = setTimeout(
      () => void navigate({ to: '.', search: (old) => ({ ...old, q: wanted }), replace: true }),
      REST_MS,
    )
    return () => clearTimeout(timer)
  }, [text, q, navigate])
  return (
    <div role="search" className="relative">
      <Search aria-hidden className="absolute start-3 top-2.5 size-4 text-faint" />
      <input
        type="search"
        aria-label={t('Search conversations')}
        placeholder={t('Search')}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-9 w-full rounded-lg border border-line bg-raised ps-9 pe-3 text-sm placeholder:text-faint"
      />
    </div>
  )
}
