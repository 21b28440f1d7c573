// The dock: the screens one may open, how one is seen at the desk, and the way out.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { Tip } from '../../../ui/tip.tsx'
import { type DeskAddress, deskHref, kept, type ScreenKey } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import type { DeskRights } from '../store/rights.ts'
import { useCount } from '../store/use-inbox.ts'
import { OwnMenu } from './own-menu.tsx'
import { isOpenTo } from './screens.ts'

type Entry = { readonly screen: ScreenKey; readonly icon: string }

const WORK: readonly Entry[] = [
  { screen: 'inbox', icon: 'inbox' },
  { screen: 'visitors', icon: 'globe' },
  { screen: 'operators', icon: 'headset' },
  { screen: 'replies', icon: 'book-marked' },
  { screen: 'reports', icon: 'chart-column' },
]
const SET_UP: readonly Entry[] = [
  { screen: 'widgets', icon: 'square-code' },
  { screen: 'teams', icon: 'users-round' },
]

export function Dock(props: {
  readonly address: DeskAddress
  readonly rights: DeskRights
  readonly onSignOut: () => void
}): ReactNode {
  const { address, rights } = props
  // The one that is open stays in place, also when its right has gone.
  const shown = (all: readonly Entry[]) =>
    all.filter(({ screen }) => screen === address.screen || isOpenTo(screen, rights.may))
  const waiting = useCount('waiting')
  return (
    <nav className="dock" aria-label={texts.title}>
      <Anchor href="/chat" className="to-chat" label={texts.toChat}>
        <Mark />
      </Anchor>
      <ul>
        {shown(WORK).map((one) => (
          <Place
            key={one.screen}
            {...one}
            address={address}
            count={one.screen === 'inbox' ? waiting.count : 0}
          />
        ))}
      </ul>
      <ul className="set-up">
        {shown(SET_UP).map((one) => (
          <Place key={one.screen} {...one} address={address} count={0} />
        ))}
      </ul>
      <OwnMenu onSignOut={props.onSignOut} />
    </nav>
  )
}

function Place(
  props: Entry & { readonly address: DeskAddress; readonly count: number },
): ReactNode {
  const { screen, icon, address, count } = props
  const title = texts.screens[screen]
  return (
    <li>
      <Tip text={title}>
        {(tip) => (
          <span {...tip}>
            <Anchor
              className="iconbtn"
              href={deskHref(screen, undefined, kept(address))}
              current={screen === address.screen}
              label={count > 0 ? texts.waitingCount(title, count) : title}
            >
              <Icon name={icon} size="l" />
              {count > 0 ? (
                <span className="count" aria-hidden="true">
                  {count}
                </span>
              ) : null}
            </Anchor>
          </span>
        )}
      </Tip>
    </li>
  )
}
