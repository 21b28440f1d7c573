// What one has saved, on all devices. Only where it stands is kept: the text is fetched each time, and only while one may read it.

import './icons.ts'
import type { ReactNode } from 'react'
import { IconButton } from '../../../../ui/button.tsx'
import { texts } from '../../model/texts-around.ts'
import { type Entry, fold } from '../../model/timeline.ts'
import { incomingOf } from '../../store/port.ts'
import { usePersonal, usePersonalStore } from '../../store/use-personal.ts'
import { PaneFrame } from '../pane-frame.tsx'
import type { SidePaneProps } from '../props.ts'
import { messageHref } from './hrefs.ts'
import { MessageCard } from './message-card.tsx'
import { PaneList } from './pane-list.tsx'
import { useListed } from './use-listed.ts'

type Place = { readonly key: string; readonly channel: string; readonly serial: string }

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function SavedPane(props: SidePaneProps): ReactNode {
  const saved = usePersonal('saved')
  const personal = usePersonalStore()
  const places = [...saved].flatMap(([key, { channel, serial }]): readonly Place[] =>
    typeof channel === 'string' && typeof serial === 'string' ? [{ key, channel, serial }] : [],
  )
  const trigger = places.map(({ key }) => key).join('\n')
  const listed = useListed(async () => {
    const found = await Promise.all(places.map((place) => fetched(props, place)))
    return found
      .sort((one, other) => (one.place.serial < other.place.serial ? 1 : -1))
      .map(({ place, entry }) => ({ place, entry }))
  }, trigger)
  return (
    <PaneFrame look="around-pane" title={texts.saved} closeHref={props.closeHref}>
      <PaneList listed={listed} empty={texts.noSaved}>
        {({ place, entry }) => {
          const remove = (
            <IconButton
              icon="bookmark-x"
              label={texts.unsave}
              onClick={() => personal?.set('saved', place.key, undefined)}
            />
          )
          return entry === undefined ? (
            <li key={place.key} className="message-card">
              <span className="gone sm grow">{texts.savedGone}</span>
              {remove}
            </li>
          ) : (
            <MessageCard
              key={place.key}
              entry={entry}
              people={props.people}
              href={messageHref(place.channel, place.serial)}
              foot={<span className="xs faint">#{place.channel}</span>}
            >
              {remove}
            </MessageCard>
          )
        }}
      </PaneList>
    </PaneFrame>
  )
}

/** Without the message if it may not be read, or is there no more. */
async function fetched(
  props: SidePaneProps,
  place: Place,
): Promise<{ readonly place: Place; readonly entry: Entry | undefined }> {
  const session = props.store.session(place.channel)
  if (session === undefined) return { place, entry: undefined }
  try {
    const incoming = incomingOf(await session.around.fetch(place.serial))
    const [entry] = incoming === undefined ? [] : fold([], [incoming])
    return { place, entry: entry?.body.kind === 'deleted' ? undefined : entry }
  } catch {
    return { place, entry: undefined }
  }
}
