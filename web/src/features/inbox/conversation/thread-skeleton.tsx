/** Bubbles that are on their way. */
import { Skeleton } from '@/shared/ui/skeleton'

const WIDTHS = ['w-2/5', 'w-3/5 ms-auto', 'w-1/2 ms-auto', 'w-1/3', 'w-2/5 ms-auto']

export function ThreadSkeleton() {
  return (
    <div className="grid h-full content-end gap-3 overflow-hidden p-6">
      {WIDTHS.map((width) => (
        <Skeleton key={width} className={`h-12 rounded-2xl ${width}`} />
      ))}
    </div>
  )
}
