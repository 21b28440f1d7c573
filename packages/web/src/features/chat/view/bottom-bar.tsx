// On a phone, outside of a conversation: where one can go.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { memo } from '../../../ui/spoken.ts'
import { channelHref } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { unreadTexts } from '../model/texts-unread.ts'
import { shownCount } from '../model/unread.ts'
import type { ChatProps, Pane } from './props.ts'

const TABS = [
  { pane: 'channels', icon: 'messages-square' },
  { pane: 'mentions', icon: 'at-sign' },
  { pane: 'people', icon: 'users' },
  { pane: 'you', icon: 'circle-user' },
] as const

/** The address of a pane beside a channel; the conversation itself has none of its own. */
export function paneHref(channelKey: string | undefined, pane: Pane): string {
  const base = channelKey === undefined ? '/chat' : channelHref(channelKey)
  return pane === 'conversation' ? base : `${base}?pane=${pane}`
}

export const BottomBar = memo(function BottomBar(
  props: ChatProps & { readonly hasNews: boolean; readonly mentions: number },
): ReactNode {
  return (
    <nav className="bottom" aria-label={texts.mainNav}>
      {TABS.map((tab) => (
        <Anchor
          key={tab.pane}
          href={paneHref(props.channelKey, tab.pane)}
          current={props.pane === tab.pane}
          replace={props.pane !== 'conversation'}
        >
          <Icon name={tab.icon} size="l" />
          {tab.pane === 'mentions' ? unreadTexts.mentions : texts[tab.pane]}
          {tab.pane === 'mentions' && props.mentions > 0 ? (
            <>
              <span className="vh">, {unreadTexts.ofYou(props.mentions)}</span>
              <span className="count fresh" aria-hidden="true">
                {shownCount(props.mentions)}
              </span>
            </>
          ) : null}
          {tab.pane === 'channels' && props.hasNews ? (
            <span className="spot">
              <span className="vh">, {texts.newBadge}</span>
            </span>
          ) : null}
        </Anchor>
      ))}
    </nav>
  )
})
