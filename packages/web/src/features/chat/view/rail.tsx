// The left pane: the channels one may enter, live, and who one is.

import type { RoleView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Brand } from '../../../ui/mark.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { usePhone } from '../../../ui/use-phone.ts'
import { beside } from '../load-beside.ts'
import { type ChannelItem, channelHref } from '../model/channels.ts'
import type { LastLine } from '../model/last-line.ts'
import { texts } from '../model/texts.ts'
import { railTexts } from '../model/texts-rail.ts'
import { unreadTexts } from '../model/texts-unread.ts'
import { shownCount } from '../model/unread.ts'
import type { LinkState } from '../store/hooks.ts'
import { useLastLines } from '../store/use-last-lines.ts'
import type { Notices } from '../store/use-notices.ts'
import { BannerBar } from './banner-bar.tsx'
import { paneHref } from './bottom-bar.tsx'
import { HomeRow } from './home-row.tsx'
import { Late } from './late-menu.tsx'
import type { ChatProps } from './props.ts'
import { RailSections } from './rail-sections.tsx'
import { WhoAmI } from './who-am-i.tsx'

const NoticesPanel = beside('NoticesPanel')

/** Drawn again for what it shows, not for what is said in a channel. */
export const Rail = memo(function Rail(
  props: ChatProps & {
    readonly items: readonly ChannelItem[] | undefined
    readonly notices: Notices
    readonly role: RoleView | undefined
    /** In all channels. */
    readonly mentions: number
    readonly onJump: () => void
    /** Given where the list is the page: then it tells of the connection too. */
    readonly linkState: LinkState | undefined
  },
): ReactNode {
  const isPhone = usePhone()
  // On a phone this is the page, and its title the page's.
  const Title = isPhone ? 'h1' : 'h2'
  const { linkState } = props
  const lines = useLastLines(props.realtime, props.api, props.items, linkState !== undefined)
  const landmark = { role: isPhone ? 'main' : 'navigation', 'aria-label': texts.channels }
  return (
    <div className="rail" {...landmark}>
      <div className="bar">
        <Brand />
        <span className="grow" />
        {isPhone ? null : (
          <IconButton icon="search" label={unreadTexts.jumpTo} onClick={props.onJump} />
        )}
        <Mentions {...props} />
        <Late icon="bell" label={texts.notices} opens="dialog">
          <NoticesPanel notices={props.notices} />
        </Late>
      </div>
      {linkState === undefined ? null : (
        <BannerBar {...props} linkState={linkState} hasGap={false} onLoad={() => undefined} />
      )}
      {isPhone ? (
        <button type="button" className="input jump" onClick={props.onJump}>
          <Icon name="search" />
          <span className="cut">{unreadTexts.searchOrJump}</span>
        </button>
      ) : null}
      {props.items === undefined ? (
        <>
          <Title className="nav-h">{texts.channels}</Title>
          <Bones />
        </>
      ) : (
        <RailSections
          chat={props}
          items={props.items}
          heading={Title}
          link={(item) => (
            <ChannelLink
              key={item.name}
              item={item}
              isCurrent={item.key === props.channelKey}
              isPhone={isPhone}
              line={lines.get(item.name)}
              me={props.me.id}
            />
          )}
        />
      )}
      {props.items?.length === 0 ? <p className="empty sm dim">{texts.noChannels.text}</p> : null}
      <WhoAmI me={props.me} role={props.role} onSignOut={props.onSignOut} />
    </div>
  )
})

type ChannelLinkProps = {
  readonly item: ChannelItem
  readonly isCurrent: boolean
  readonly isPhone: boolean
  /** What was said there last. */
  readonly line: LastLine | null | undefined
  readonly me: string
}

function ChannelLink(props: ChannelLinkProps): ReactNode {
  const { item, isCurrent } = props
  const trailing = <Trailing item={item} />
  const state = item.isLocked
    ? ' locked'
    : item.isNew
      ? ' new'
      : item.isMuted
        ? ' muted'
        : item.unread > 0
          ? ' unread'
          : ''
  return (
    <li>
      <Anchor className={`ch${state}`} href={channelHref(item.key)} current={isCurrent}>
        <Glyph item={item} me={props.me} isPhone={props.isPhone} />
        {props.isPhone ? (
          <HomeRow item={item} line={props.line} me={props.me} trailing={trailing} />
        ) : (
          <>
            <span className="grow cut">{item.title}</span>
            {trailing}
          </>
        )}
      </Anchor>
    </li>
  )
}

/** Between two it is the other one's picture. */
function Glyph(props: Pick<ChannelLinkProps, 'item' | 'me' | 'isPhone'>): ReactNode {
  const { item, me } = props
  const others = item.people.filter(({ id }) => id !== me)
  const [other] = others
  if (other !== undefined && others.length === 1)
    return <Avatar {...other} size={props.isPhone ? undefined : 's'} />
  const name = item.isLocked ? 'lock' : item.isDirect ? 'message-circle' : item.glyph
  return (
    <span className="gl">
      <Icon name={name} fallback="hash" />
    </span>
  )
}

function Trailing(props: { readonly item: ChannelItem }): ReactNode {
  const { item } = props
  if (item.isHeld) return null
  if (item.isLocked) {
    return (
      <span className="xs faint">{item.isRequested ? texts.requested : texts.requestAccess}</span>
    )
  }
  if (item.isNew) return <span className="badge new">{texts.newBadge}</span>
  if (item.unread > 0) {
    return (
      <>
        {item.mentions > 0 ? (
          <span className="count fresh" aria-hidden="true">
            @ {shownCount(item.mentions)}
          </span>
        ) : null}
        <span className="count">
          <span aria-hidden="true">{shownCount(item.unread)}</span>
          <span className="vh">
            {unreadTexts.unread(shownCount(item.unread))}
            {item.mentions > 0 ? `, ${unreadTexts.ofYou(item.mentions)}` : ''}
          </span>
        </span>
      </>
    )
  }
  if (item.requests > 0) {
    return (
      <span className="count quiet">
        {item.requests}
        <span className="vh"> {railTexts.askIn(item.requests)}</span>
      </span>
    )
  }
  if (item.isMuted) return <span className="xs faint">{railTexts.muted}</span>
  return item.isReadOnly ? <span className="xs faint">{texts.readOnly}</span> : null
}

/** Where one was mentioned, with how much of it is new. */
function Mentions(
  props: Pick<ChatProps, 'channelKey' | 'pane'> & { readonly mentions: number },
): ReactNode {
  const { mentions } = props
  const label = mentions === 0 ? unreadTexts.mentions : `${unreadTexts.mentions}: ${mentions}`
  return (
    <Anchor
      className="iconbtn belled mentions-link"
      href={paneHref(props.channelKey, 'mentions')}
      label={label}
      current={props.pane === 'mentions'}
    >
      <Icon name="at-sign" />
      {mentions === 0 ? null : <span className="count fresh">{shownCount(mentions)}</span>}
    </Anchor>
  )
}

function Bones(): ReactNode {
  return (
    <ul className="nav late" aria-hidden="true">
      {[96, 72, 128].map((width) => (
        <li key={width} className="ch">
          <span className="bone" style={{ width, height: 14 }} />
        </li>
      ))}
    </ul>
  )
}
