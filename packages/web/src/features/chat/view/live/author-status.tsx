// Beside the name of whoever wrote a message: the emoji of what they say of themselves now.

import { type ReactNode, use, useMemo } from 'react'
import { serverNow } from '../../../../ui/server-clock.ts'
import { presenceSaid } from '../../model/presence-said.ts'
import { liveTexts } from '../../model/texts-live.ts'
import { MembersContext } from '../members-context.ts'
import { useRightsHere } from '../rights-context.ts'
import { useWhereabouts } from './whereabouts-now.ts'

export function AuthorStatus(props: { readonly author: string }): ReactNode {
  const { author } = props
  const here = use(MembersContext).get(author) ?? []
  const on = useRightsHere()?.view.resource ?? ''
  const asked = useMemo(() => new Set(on === '' ? [] : [author]), [on, author])
  const values = [...here, ...(useWhereabouts(on, asked).get(author) ?? [])]
  const status = values.length === 0 ? undefined : presenceSaid(values, serverNow()).status
  if (status?.emoji === undefined) return null
  const said = status.text
  return (
    <span className="author-status" title={said === '' ? undefined : said}>
      <span aria-hidden="true">{status.emoji}</span>
      {said === '' ? null : <span className="vh">{liveTexts.statusOf(said)}</span>}
    </span>
  )
}
