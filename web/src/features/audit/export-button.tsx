/** All entries that the filters let through, as a file. */
import { Download } from 'lucide-react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { buttonLook } from '@/shared/ui/button'
import { Menu } from '@/shared/ui/menu'
import { toast } from '@/shared/ui/toast'
import { exported } from './api'
import type { AuditSearch } from './search-params'

export function ExportButton({ search }: { search: AuditSearch }) {
  const save = (format: 'csv' | 'jsonl') => {
    exported(search, format).then(
      (file) => offer(file, `audit.${format}`),
      (error: unknown) => toast({ text: wordsFor(error), tone: 'bad' }),
    )
  }
  return (
    <Menu
      label={t('Export')}
      buttonProps={{ className: buttonLook() }}
      face={
        <>
          <Download aria-hidden className="size-4" />
          {t('Export')}
        </>
      }
      entries={[
        { label: t('Table (CSV)'), onSelect: () => save('csv') },
        { label: t('Lines of JSON'), onSelect: () => save('jsonl') },
      ]}
    />
  )
}

function offer(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
