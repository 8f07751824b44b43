/** What was opened or done lately in this tab, the latest first: ids only, and gone with the tab. */
import { onForget } from '@/shared/offline/forget'

const NAME = 'serai.recent'
const MOST = 12

export function recentIds(): string[] {
  return (sessionStorage.getItem(NAME) ?? '').split('\n').filter(Boolean)
}

export function remember(id: string): void {
  const all = [id, ...recentIds().filter((each) => each !== id)].slice(0, MOST)
  sessionStorage.setItem(NAME, all.join('\n'))
}

onForget(() => {
  sessionStorage.removeItem(NAME)
  return Promise.resolve()
})
