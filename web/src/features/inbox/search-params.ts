/** What of the inbox is shown, as the address says it. */
export interface InboxSearch {
  /** Absent: all businesses. */
  business?: string | undefined
  /** Which of them by their state; absent: the open ones. */
  status?: Status | undefined
  /** Whose; absent: everybody's. */
  queue?: Queue | undefined
  team?: string | undefined
  tag?: string | undefined
  channel?: string | undefined
  unread?: true | undefined
  /** Absent: the latest activity first. */
  order?: Order | undefined
  q?: string | undefined
}

export type Status = 'pending' | 'snoozed' | 'resolved'
export type Queue = 'mine' | 'unassigned' | 'mentions'
export type Order = 'oldest' | 'waiting'

export const STATUSES: readonly Status[] = ['pending', 'snoozed', 'resolved']
export const QUEUES: readonly Queue[] = ['mine', 'unassigned', 'mentions']
export const ORDERS: readonly Order[] = ['oldest', 'waiting']
const WORDS = ['business', 'team', 'tag', 'channel', 'q'] as const

export function readSearch(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {}
  for (const name of WORDS) {
    const value = raw[name]
    if (isFilled(value)) search[name] = value
  }
  const status = STATUSES.find((each) => each === raw['status'])
  const queue = QUEUES.find((each) => each === raw['queue'])
  const order = ORDERS.find((each) => each === raw['order'])
  return {
    ...search,
    ...(status !== undefined && { status }),
    ...(queue !== undefined && { queue }),
    ...(order !== undefined && { order }),
    ...(raw['unread'] === true && { unread: true }),
  }
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
