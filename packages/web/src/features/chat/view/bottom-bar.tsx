// On a phone, outside of a conversation: where one can go.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { channelHref } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import type { ChatProps, Pane } from './props.ts'

const TABS: readonly { readonly pane: Pane; readonly icon: string; readonly label: string }[] = [
  { pane: 'channels', icon: 'messages-square', label: texts.channels },
  { pane: 'people', icon: 'users', label: texts.people },
  { pane: 'you', icon: 'circle-user', label: texts.you },
]

/** The address of a pane beside a channel; the conversation itself has none of its own. */
export function paneHref(channelKey: string | undefined, pane: Pane): string {
  const base = channelKey === undefined ? '/chat' : channelHref(channelKey)
  return pane === 'conversation' ? base : `${base}?pane=${pane}`
}

export function BottomBar(props: ChatProps & { readonly hasNews: boolean }): ReactNode {
  return (
    <nav className="bottom" aria-label="Main">
      {TABS.map((tab) => (
        <Anchor
          key={tab.pane}
          href={paneHref(props.channelKey, tab.pane)}
          current={props.pane === tab.pane}
          replace={props.pane !== 'conversation'}
        >
          <Icon name={tab.icon} size="l" />
          {tab.label}
          {tab.pane === 'channels' && props.hasNews ? (
            <span className="spot">
              <span className="vh">, new</span>
            </span>
          ) : null}
        </Anchor>
      ))}
    </nav>
  )
}
