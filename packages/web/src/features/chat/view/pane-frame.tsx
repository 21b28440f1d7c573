// The frame of every pane in place of the people: a page of its own on a phone, else beside the conversation.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { partTexts } from '../../../ui/part-texts.ts'
import { usePhone } from '../../../ui/use-phone.ts'

export function PaneFrame(props: {
  readonly title: string
  readonly about?: string
  /** Of the styles of what is inside. */
  readonly look?: string
  readonly closeHref: string
  readonly children: ReactNode
}): ReactNode {
  const isPhone = usePhone()
  const Title = isPhone ? 'h1' : 'h2'
  const landmark = { role: isPhone ? 'main' : 'complementary', 'aria-label': props.title }
  return (
    <div className={`aside ${props.look ?? ''}`} {...landmark}>
      <div className="bar">
        <Title className="title small">{props.title}</Title>
        <span className="faint sm cut grow">{props.about}</span>
        <Anchor className="iconbtn" href={props.closeHref} label={partTexts.close} replace>
          <Icon name="x" />
        </Anchor>
      </div>
      {props.children}
    </div>
  )
}
