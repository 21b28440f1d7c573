// The threads of a channel, by their last answer.

import { type ReactNode, useMemo } from 'react'
import { rootOf } from '../../model/refs.ts'
import { hash } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import { fold } from '../../model/timeline.ts'
import { incomingOf, wireOf } from '../../store/port.ts'
import { usePersonal } from '../../store/use-personal.ts'
import { PaneFrame } from '../pane-frame.tsx'
import type { SidePaneProps } from '../props.ts'
import { threadHref } from './hrefs.ts'
import { MessageCard } from './message-card.tsx'
import { PaneList } from './pane-list.tsx'
import { lastTime, threadMark } from './thread-chip.tsx'
import { useListed } from './use-listed.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function ThreadsPane(props: SidePaneProps): ReactNode {
  const { api, channelKey, state, view } = props
  const last = useMemo(
    () => state.timeline.findLast((entry) => rootOf(entry) !== undefined)?.serial,
    [state.timeline],
  )
  const listed = useListed(async () => {
    const { threads } = await api.threads(channelKey, { roots: 'yes' })
    return threads.flatMap((thread) => {
      const incoming = thread.message && incomingOf(wireOf(thread.message))
      const [entry] = incoming === undefined ? [] : fold([], [incoming])
      return entry === undefined ? [] : { ...thread, entry }
    })
  }, `${channelKey} ${last}`)
  const marks = usePersonal('read')
  return (
    <PaneFrame
      look="around-pane"
      title={texts.threads}
      about={hash(view.title)}
      closeHref={props.closeHref}
    >
      <PaneList listed={listed} empty={texts.noThreads}>
        {(thread) => {
          const mark = marks.get(threadMark(channelKey, thread.root))?.serial
          const isNew = typeof mark === 'string' && mark < thread.lastSerial
          return (
            <MessageCard
              key={thread.root}
              entry={thread.entry}
              people={props.people}
              href={threadHref(channelKey, thread.root)}
              foot={
                <span className="row xs faint">
                  <b className={isNew ? 'fresh-count' : ''}>{texts.answers(thread.count)}</b>
                  <span>{texts.lastAnswer(lastTime(thread.lastAtMs))}</span>
                </span>
              }
            />
          )
        }}
      </PaneList>
    </PaneFrame>
  )
}
