// What the arrow key of an empty field edits: one's last message. One that is still on its way is waited for; whoever writes on
// meanwhile has thought better of it.

import { useEffect, useState } from 'react'
import { useStable } from '../../../ui/stable.ts'
import type { Control } from '../model/controls.ts'
import { lastOwn, type Row } from '../model/rows.ts'
import type { Timeline } from '../model/timeline.ts'

type Here = {
  readonly rows: readonly Row[]
  readonly state: { readonly timeline: Timeline }
  readonly control: (action: string) => Control
}
type Wants = {
  readonly me: string
  /** Nothing is begun in the field. */
  readonly isEmpty: () => boolean
  readonly edit: (serial: string) => void
}

export function useEditLast({ rows, state, control }: Here, wants: Wants): () => void {
  const { me, isEmpty, edit } = wants
  const { timeline } = state
  const mayEdit = control('message-update-own').kind === 'on'
  /** Id of the message that is waited for. */
  const [awaited, setAwaited] = useState<string>()
  useEffect(() => {
    if (awaited === undefined || onItsWay(rows)?.key === awaited) return
    setAwaited(undefined)
    const serial = timeline.findLast(({ id }) => id === awaited)?.serial
    if (serial !== undefined && mayEdit && isEmpty()) edit(serial)
  }, [awaited, rows, timeline, mayEdit, isEmpty, edit])
  return useStable(() => {
    if (!mayEdit) return
    const late = onItsWay(rows)
    const serial = late === undefined ? lastOwn(timeline, me)?.serial : undefined
    setAwaited(late?.key)
    if (serial !== undefined) edit(serial)
  })
}

/** The newest of one's own, while the server has not told it back. */
function onItsWay(rows: readonly Row[]): Row | undefined {
  const last = rows.findLast((row) => row.kind === 'unsent')
  const kind = last?.item.state.kind
  return kind === 'sending' || kind === 'sent' ? last : undefined
}
