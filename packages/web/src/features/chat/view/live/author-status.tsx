// Beside the name of whoever wrote a message: the emoji of what they say of themselves now.

import { type ReactNode, useSyncExternalStore } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { presenceSaid } from '../../model/presence-said.ts'
import { liveTexts } from '../../model/texts-live.ts'
import type { ChannelSession } from '../../store/channel-session.ts'

const NEVER = () => () => undefined

export function AuthorStatus(props: {
  readonly session: ChannelSession | undefined
  readonly author: string
}): ReactNode {
  const { session, author } = props
  // As text: drawn again only when it is another one.
  const told = useSyncExternalStore(session?.subscribe ?? NEVER, () => {
    const values = session?.state().members.get(author)
    const status = values && presenceSaid(values, serverNow()).status
    return status?.emoji === undefined ? '' : `${status.emoji} ${status.text}`
  })
  if (told === '') return null
  const [emoji = ''] = told.split(' ', 1)
  const said = told.slice(emoji.length + 1)
  return (
    <span className="author-status" title={said === '' ? undefined : said}>
      <span aria-hidden="true">{emoji}</span>
      {said === '' ? null : <span className="vh">{liveTexts.statusOf(said)}</span>}
    </span>
  )
}
