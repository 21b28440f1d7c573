// The frame of the panes around messages: a page of its own on a phone, else beside the conversation.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { usePhone } from '../../../../ui/use-phone.ts'
import { texts } from '../../model/texts-around.ts'

export function PaneFrame(props: {
  readonly title: string
  readonly about?: string
  readonly closeHref: string
  readonly children: ReactNode
}): ReactNode {
  const isPhone = usePhone()
  const Title = isPhone ? 'h1' : 'h2'
  const landmark = { role: isPhone ? 'main' : 'complementary', 'aria-label': props.title }
  return (
    <div className="aside around-pane" {...landmark}>
      <div className="bar">
        <Title className="title small">{props.title}</Title>
        <span className="faint sm cut grow">{props.about}</span>
        <Anchor className="iconbtn" href={props.closeHref} label={texts.close} replace>
          <Icon name="x" />
        </Anchor>
      </div>
      {props.children}
    </div>
  )
}
