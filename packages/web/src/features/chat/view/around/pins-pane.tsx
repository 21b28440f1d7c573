// What is pinned in a channel: the one pinned last first.

import './icons.ts'
import { type ReactNode, useMemo } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import { pinChanges } from '../../model/pins.ts'
import { texts as chatTexts, hash } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import { fold } from '../../model/timeline.ts'
import { incomingOf, wireOf } from '../../store/port.ts'
import { PaneFrame } from '../pane-frame.tsx'
import type { SidePaneProps } from '../props.ts'
import { messageHref } from './hrefs.ts'
import { MessageCard } from './message-card.tsx'
import { PaneList } from './pane-list.tsx'
import { useListed } from './use-listed.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function PinsPane(props: SidePaneProps): ReactNode {
  const { api, channelKey, state, view, notices } = props
  const trigger = useMemo(() => pinChanges(state.timeline), [state.timeline])
  const listed = useListed(async () => {
    const { pins } = await api.pins(channelKey)
    return pins.flatMap(({ message, by }) => {
      const incoming = incomingOf(wireOf(message))
      const [entry] = incoming === undefined ? [] : fold([], [incoming])
      return entry === undefined ? [] : { entry, by }
    })
  }, `${channelKey} ${trigger}`)
  const control = props.control('pin')
  const unpin = (serial: string) =>
    api
      .unpin(channelKey, serial)
      .catch((cause: unknown) => notices.tell(chatTexts.notDone(cause)))
      .finally(listed.refresh)
  return (
    <PaneFrame
      look="around-pane"
      title={texts.pins}
      about={hash(view.title)}
      closeHref={props.closeHref}
    >
      <PaneList listed={listed} empty={texts.noPins}>
        {({ entry, by }) => (
          <MessageCard
            key={entry.serial}
            entry={entry}
            people={props.people}
            href={messageHref(channelKey, entry.serial)}
            foot={
              <span className="xs faint">{texts.pinnedBy(props.people.authorOf(by).name)}</span>
            }
          >
            {control.kind === 'absent' ? null : (
              <IconButton
                icon="pin-off"
                label={texts.unpin}
                reason={control.kind === 'off' ? control.reason : undefined}
                onClick={() => void unpin(entry.serial)}
              />
            )}
          </MessageCard>
        )}
      </PaneList>
    </PaneFrame>
  )
}
