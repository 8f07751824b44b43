/** Ready businesses: what a pack would change here, shown before it does. */
import { useQuery } from '@tanstack/react-query'
import { Check, PackageCheck } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Empty } from '@/shared/ui/notice'
import { Part } from '@/shared/ui/part'
import { Card } from '@/shared/ui/settings-page'
import { packQuery, packsQuery, useInstallPack, type BusinessDetail, type Pack, type PackStanding } from '../api'

interface Props {
  business: BusinessDetail
  mayChange: boolean
}

type Difference = PackStanding['differences'][number]

export function PacksTab({ business, mayChange }: Props) {
  const packs = useQuery(packsQuery)
  return (
    <Part query={packs} what={t('the packs')}>
      {({ data }) => {
        const fitting = data.filter(({ key, sector }) => key === business.pack_key || sector === business.sector)
        if (fitting.length === 0) {
          return <Empty title={t('No pack for this sector')}>{t('Set hours and texts by hand, in the other parts.')}</Empty>
        }
        return (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            {fitting.map((pack) => (
              <PackCard key={pack.key} pack={pack} business={business} mayChange={mayChange} />
            ))}
          </div>
        )
      }}
    </Part>
  )
}

function PackCard({ pack, business, mayChange }: Props & { pack: Pack }) {
  const standing = useQuery(packQuery(business.id, pack.key))
  const install = useInstallPack(business.id)
  return (
    <Card>
      <div className="flex flex-wrap items-start gap-3">
        <PackageCheck aria-hidden className="mt-0.5 size-5 text-accent" />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{pack.name}</h2>
          <p className="text-sm text-soft">
            {t('Version {version}: {texts} texts, {openings} openings, {rules} rules, {templates} templates, {replies} quick replies', { ...pack })}
          </p>
        </div>
        {business.pack_key === pack.key && <Badge tone="good">{t('Version {version} installed', { version: business.pack_version })}</Badge>}
      </div>
      <div className="mt-4">
        <Part query={standing} what={t('what it would change')}>
          {({ differences }) =>
            differences.length === 0 ? (
              <p className="flex items-center gap-1.5 text-sm text-good-ink">
                <Check aria-hidden className="size-4" />
                {t('Everything is as the pack has it.')}
              </p>
            ) : (
              <>
                <p className="mb-2 text-sm font-medium">
                  {t('{count, plural, one {Installing it changes one thing} other {Installing it changes # things}}', {
                    count: differences.length,
                  })}
                </p>
                <ul className="divide-y divide-line rounded-xl border border-line">
                  {differences.map((each) => (
                    <Change key={`${each.part} ${each.name}`} {...each} />
                  ))}
                </ul>
                {mayChange && (
                  <div className="mt-4 flex flex-wrap items-center gap-3">
                    <Button look="main" disabled={install.isPending} onClick={() => install.mutate(pack.key)}>
                      {install.isPending ? t('Installing…') : t('Install version {version}', { version: pack.version })}
                    </Button>
                    <p className="text-sm text-soft">{t('Rules that you added yourself stay.')}</p>
                    {install.error !== null && (
                      <p role="alert" className="text-sm text-bad-ink">
                        {wordsFor(install.error)}
                      </p>
                    )}
                  </div>
                )}
              </>
            )
          }
        </Part>
      </div>
    </Card>
  )
}

function partName(part: Difference['part']): string {
  switch (part) {
    case 'text':
      return t('Text')
    case 'hours':
      return t('Hours')
    case 'exception':
      return t('Special day')
    case 'rule':
      return t('Rule')
    case 'template':
      return t('Template')
    case 'reply':
      return t('Quick reply')
  }
}

function Change({ part, name, before, after }: Difference) {
  const [open, setOpen] = useState(false)
  const kind = before === null ? t('New') : after === null ? t('Goes') : t('Changes')
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-3 px-3.5 py-2.5 text-start text-sm outline-offset-[-2px] hover:bg-panel"
      >
        <span className="w-20 shrink-0 text-soft">{partName(part)}</span>
        <bdi className="min-w-0 flex-1 truncate font-medium">{name}</bdi>
        <Badge tone={kind === t('Goes') ? 'bad' : kind === t('New') ? 'good' : 'lamp'}>{kind}</Badge>
      </button>
      {open && (
        <div className="grid gap-2 px-3.5 pb-3 text-sm">
          {typeof before === 'string' && (
            <p dir="auto" className="rounded-lg bg-bad-soft px-3 py-2 break-words whitespace-pre-wrap text-bad-ink">
              <span className="sr-only">{t('Before:')} </span>
              {before}
            </p>
          )}
          {typeof after === 'string' && (
            <p dir="auto" className="rounded-lg bg-good-soft px-3 py-2 break-words whitespace-pre-wrap text-good-ink">
              <span className="sr-only">{t('After:')} </span>
              {after}
            </p>
          )}
        </div>
      )}
    </li>
  )
}
