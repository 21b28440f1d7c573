// In the header of a channel: the ways to its threads, what is pinned, what one has saved, its files, and what was reported.
// On a phone, where there is no room for them side by side, they are a menu.

import './icons.ts'
import type { ResourceView } from '@sayso/client'
import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Menu } from '../../../../ui/menu.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { usePhone } from '../../../../ui/use-phone.ts'
import { texts as chatTexts } from '../../model/texts.ts'
import { texts } from '../../model/texts-around.ts'
import { attachTexts } from '../../model/texts-attach.ts'
import { paneHref } from '../bottom-bar.tsx'
import { NotifyMenu } from '../live/notify-menu.tsx'
import type { Pane } from '../props.ts'

export function HeaderTools(props: {
  readonly view: ResourceView
  readonly channelKey: string
  readonly pane: Pane
}): ReactNode {
  const { actions } = props.view
  const tools: readonly (readonly [Pane, string, string])[] = [
    ['threads', 'messages-square', texts.threads],
    ['pins', 'pin', texts.pins],
    ['saved', 'bookmark', texts.saved],
    ['files', 'paperclip', attachTexts.files],
    ...(actions.includes('message-delete-any')
      ? [['reports', 'flag', texts.reports] as const]
      : []),
  ]
  const navigate = useNavigate()
  if (usePhone()) {
    const details = ['details', 'info', chatTexts.aboutChannel(props.view.title)] as const
    const items = [details, ...tools].map(([pane, icon, label]) => ({
      key: pane,
      label,
      icon,
      onSelect: () => navigate(paneHref(props.channelKey, pane)),
    }))
    return <Menu label={texts.ofChannel} icon="ellipsis" groups={[{ items }]} />
  }
  const links = tools.map(([pane, icon, label]) => {
    const isOpen = props.pane === pane
    return (
      <Anchor
        key={pane}
        className="iconbtn header-tool"
        href={paneHref(props.channelKey, isOpen ? 'conversation' : pane)}
        label={label}
        current={isOpen}
      >
        <Icon name={icon} />
      </Anchor>
    )
  })
  return (
    <>
      {links}
      <NotifyMenu view={props.view} />
    </>
  )
}
