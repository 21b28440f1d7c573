// What was said before, from the history of the channel: the stock address of the realtime protocol, by the same token.

import { type Inbound, type Line, lineOf } from '../model/timeline.ts'

const PAGE = 50

export type Page = { readonly lines: readonly Line[]; readonly hasMore: boolean }

type Stored = {
  readonly encoding?: string
  readonly action?: number | string
} & Inbound

/** The newest lines, or those before a time. */
export async function readHistory(
  channel: string,
  token: string,
  beforeMs?: number,
): Promise<Page> {
  const end = beforeMs === undefined ? '' : `&end=${beforeMs}`
  const answer = await fetch(
    `/channels/${encodeURIComponent(channel)}/messages?limit=${PAGE}${end}`,
    { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' },
  )
  if (!answer.ok) throw new Error(`history: ${answer.status}`)
  const stored = (await answer.json()) as readonly Stored[]
  return {
    lines: stored.flatMap((message) => lineOf(decoded(message)) ?? []),
    hasMore: answer.headers.get('link')?.includes('rel="next"') === true,
  }
}

/** The protocol's numbers for what became of a message. */
const ACTIONS = ['message.create', 'message.update', 'message.delete']

function decoded({ encoding, action, ...message }: Stored): Inbound {
  const { data } = message
  const isJson = encoding === 'json' && typeof data === 'string'
  return {
    ...message,
    ...(isJson && { data: JSON.parse(data) as unknown }),
    action: typeof action === 'number' ? (ACTIONS[action] ?? '') : (action ?? 'message.create'),
  }
}
