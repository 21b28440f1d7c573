// Channels and people that were found beside messages.

import type { SearchView } from '@sayso/client'
import { type ReactNode, use } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { channelHref } from '../model/channels.ts'
import { findingTexts } from '../model/texts-finding.ts'
import { WhoContext } from './who-context.ts'

export function NamedList(props: Pick<SearchView, 'channels' | 'people'>): ReactNode {
  const { channels, people } = props
  const openCard = use(WhoContext)
  return (
    <>
      {channels.length === 0 ? null : (
        <section>
          <h3 className="group">{findingTexts.channels}</h3>
          <ul className="found" aria-label={findingTexts.channels}>
            {channels.map(({ key, title, glyph }) => (
              <li key={key}>
                <Anchor className="hit" href={channelHref(key)}>
                  <Icon name={glyph} fallback="hash" />
                  <bdi className="cut">{title}</bdi>
                </Anchor>
              </li>
            ))}
          </ul>
        </section>
      )}
      {people.length === 0 ? null : (
        <section>
          <h3 className="group">{findingTexts.people}</h3>
          <ul className="found" aria-label={findingTexts.people}>
            {people.map(({ id, name, picture }) => (
              <li key={id}>
                <button
                  type="button"
                  className="hit"
                  aria-haspopup="dialog"
                  onClick={(event) => openCard?.(id, event.currentTarget)}
                >
                  <Avatar id={id} name={name} picture={picture} size="s" />
                  <bdi className="cut">{name}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
