// What was reported in a channel, for those who may delete there: the message as it is now, why, and two ways to answer.

import './icons.ts'
import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { texts as chatTexts, hash } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import { type Entry, fold } from '../../model/timeline.ts'
import { incomingOf, wireOf } from '../../store/port.ts'
import { PaneFrame } from '../pane-frame.tsx'
import type { SidePaneProps } from '../props.ts'
import { messageHref } from './hrefs.ts'
import { MessageCard } from './message-card.tsx'
import { PaneList } from './pane-list.tsx'
import { useListed } from './use-listed.ts'

type Item = {
  readonly entry: Entry
  readonly says: readonly { readonly by: string; readonly text: string }[]
}

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function ReportsPane(props: SidePaneProps): ReactNode {
  const { api, channelKey, view, session, notices } = props
  const listed = useListed(() => itemsOf(props), channelKey)
  const close = async (entry: Entry, outcome: 'deleted' | 'dismissed') => {
    try {
      if (outcome === 'deleted' && entry.body.kind !== 'deleted')
        await session?.remove(entry.serial)
      await api.closeReports(channelKey, { serial: entry.serial, outcome })
    } catch (cause) {
      notices.tell(chatTexts.notDone(cause))
    }
    listed.refresh()
  }
  return (
    <PaneFrame
      look="around-pane"
      title={texts.reports}
      about={hash(view.title)}
      closeHref={props.closeHref}
    >
      <PaneList listed={listed} empty={texts.noReports}>
        {({ entry, says }) => (
          <MessageCard
            key={entry.serial}
            entry={entry}
            people={props.people}
            href={messageHref(channelKey, entry.serial)}
            foot={says.map(({ by, text }) => (
              <span key={by} className="xs dim report-line">
                <b>{props.people.authorOf(by).name}</b> {text}
              </span>
            ))}
          >
            <span className="acts">
              <Button size="small" onClick={() => void close(entry, 'dismissed')}>
                {texts.dismiss}
              </Button>
              <Button size="small" look="danger" onClick={() => void close(entry, 'deleted')}>
                {texts.remove}
              </Button>
            </span>
          </MessageCard>
        )}
      </PaneList>
    </PaneFrame>
  )
}

/** Reports of one message stand together. */
async function itemsOf({ api, channelKey }: SidePaneProps): Promise<readonly Item[]> {
  const { reports } = await api.reports(channelKey)
  const items = new Map<string, Item>()
  for (const { serial, message, by, reason, note } of reports) {
    const incoming = message && incomingOf(wireOf(message))
    const [entry] = incoming === undefined ? [] : fold([], [incoming])
    const known = items.get(serial) ?? (entry && { entry, says: [] })
    if (known === undefined) continue
    const text = note === undefined ? texts.reasons[reason] : `${texts.reasons[reason]}: ${note}`
    items.set(serial, { ...known, says: [...known.says, { by, text }] })
  }
  return [...items.values()]
}
