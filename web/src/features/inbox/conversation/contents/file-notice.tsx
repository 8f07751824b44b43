/** A file that cannot be shown, and why: still on its way, lost, or dangerous. */
import { CloudOff, LoaderCircle, ShieldAlert, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import type { FileView } from '../../files'

const FACES: Record<Exclude<FileView['state'], 'ready'>, { Icon: LucideIcon; title: () => string; text: () => string }> = {
  waiting: { Icon: LoaderCircle, title: () => t('being fetched'), text: () => t('It is being fetched from Meta.') },
  failed: { Icon: CloudOff, title: () => t('not available'), text: () => t('It could not be fetched. Ask them to send it again.') },
  infected: { Icon: ShieldAlert, title: () => t('held back'), text: () => t('The virus scan found something in it. It is not opened here.') },
}

interface Props {
  /** What it is: "Picture". */
  noun: string
  /** Missing: nothing is known of it, which is as bad as failed. */
  file?: FileView | undefined
  /** Words that say it better. */
  reason?: string | undefined
}

export function FileNotice({ noun, file, reason }: Props) {
  const state = stateOf(file)
  const { Icon, title, text } = FACES[state]
  return (
    <div role={state === 'waiting' ? 'status' : undefined} className="inset-card flex max-w-72 items-start gap-2.5 px-3 py-2.5">
      <Icon
        aria-hidden
        className={cx('mt-0.5 size-4.5 shrink-0', state === 'waiting' && 'animate-spin motion-reduce:animate-none')}
      />
      <p className="min-w-0 text-sm">
        <strong className="block font-semibold">
          {noun}: {title()}
        </strong>
        <span className="opacity-85">{reason ?? file?.reason ?? text()}</span>
      </p>
    </div>
  )
}

function stateOf(file: FileView | undefined): keyof typeof FACES {
  return file === undefined || file.state === 'ready' ? 'failed' : file.state
}
