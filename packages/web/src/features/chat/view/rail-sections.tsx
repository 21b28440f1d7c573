// The lists of the rail: channels, conversations between a few, and the ways to more of both.

import { type ReactNode, Suspense, useState } from 'react'
import { lazy } from '../../../ui/late.ts'
import type { ChannelItem } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { railTexts } from '../model/texts-rail.ts'
import { useMayHere } from '../store/use-may-here.ts'
import type { DialogKind } from './dialog-kind.ts'
import { LateMenu } from './late-menu.tsx'
import type { ChatProps } from './props.ts'

const ChannelDialog = lazy(async () => ({
  default: (await import('./channel-dialogs.tsx')).ChannelDialog,
}))

export function RailSections(props: {
  readonly chat: ChatProps
  readonly items: readonly ChannelItem[]
  readonly heading: 'h1' | 'h2'
  readonly link: (item: ChannelItem) => ReactNode
}): ReactNode {
  const { items, heading: Title, link } = props
  const [dialog, setDialog] = useState<DialogKind>()
  const isShown = ({ key, isArchived, isOpen }: ChannelItem) =>
    key === props.chat.channelKey || !(isArchived || isOpen)
  const channels = items.filter((item) => !item.isDirect && isShown(item))
  const directs = items.filter((item) => item.isDirect)
  return (
    <>
      <div className="nav-row">
        <Title className="nav-h">{texts.channels}</Title>
        <More onOpen={setDialog} />
      </div>
      <ul className="nav">{channels.map(link)}</ul>
      {directs.length === 0 ? null : (
        <>
          <h3 className="nav-h">{railTexts.directs}</h3>
          <ul className="nav directs">{directs.map(link)}</ul>
        </>
      )}
      {dialog === undefined ? null : (
        <Suspense fallback={null}>
          <ChannelDialog
            kind={dialog}
            chat={props.chat}
            items={items}
            onClose={() => setDialog(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

function More(props: { readonly onOpen: (kind: DialogKind) => void }): ReactNode {
  const mayMake = useMayHere('create-channel')
  const mayTalk = useMayHere('message-people')
  const item = (key: DialogKind, label: string, icon: string) => ({
    key,
    label,
    icon,
    onSelect: () => props.onOpen(key),
  })
  return (
    <LateMenu
      label={railTexts.more}
      icon="plus"
      groups={[
        {
          items: [
            item('browse', railTexts.browse, 'hash'),
            ...(mayMake ? [item('create', railTexts.create, 'plus')] : []),
            ...(mayTalk ? [item('direct', railTexts.newDirect, 'message-circle')] : []),
          ],
        },
      ]}
    />
  )
}
