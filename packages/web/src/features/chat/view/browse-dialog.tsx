// Channels one may know of: those one is in, those one may join or ask for, those that are archived.

import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor, useNavigate } from '../../../ui/navigation.tsx'
import { partTexts } from '../../../ui/part-texts.ts'
import { type ChannelItem, channelHref } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { PlainDialog } from './plain-dialog.tsx'
import type { ChatProps } from './props.ts'

export function BrowseDialog(props: {
  readonly chat: ChatProps
  readonly items: readonly ChannelItem[]
  readonly onClose: () => void
}): ReactNode {
  const [wanted, setWanted] = useState('')
  const [problem, setProblem] = useState('')
  const id = useId()
  const words = wanted.trim().toLowerCase()
  const found = props.items
    .filter((item) => !item.isDirect && !item.isHeld)
    .filter(({ title, about = '' }) => `${title} ${about}`.toLowerCase().includes(words))
  return (
    <PlainDialog title={peopleTexts.browse} close={partTexts.close} onClose={props.onClose}>
      <label className="vh" htmlFor={id}>
        {peopleTexts.find}
      </label>
      <input
        id={id}
        className="input"
        type="search"
        placeholder={peopleTexts.find}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <p className="problem sm" role="alert">
        {problem}
      </p>
      {found.length === 0 ? <p className="empty sm dim">{peopleTexts.browseEmpty}</p> : null}
      <ul className="rows">
        {found.map((item) => (
          <Found
            key={item.key}
            item={item}
            chat={props.chat}
            onClose={props.onClose}
            onWrong={setProblem}
          />
        ))}
      </ul>
    </PlainDialog>
  )
}

function Found(props: {
  readonly item: ChannelItem
  readonly chat: ChatProps
  readonly onClose: () => void
  readonly onWrong: (text: string) => void
}): ReactNode {
  const { item, chat } = props
  const { key, title, about, glyph, isLocked, isOpen, isArchived } = item
  return (
    <li className="row-item">
      <Icon name={isLocked && !isOpen ? 'lock' : glyph} fallback="hash" />
      <span className="grow">
        <span className="strong sm row">
          <span className="cut">{title}</span>
          {chat.channelKey === key ? <Icon name="check" size="s" /> : null}
        </span>
        <small className="xs dim cut line">
          {isArchived ? peopleTexts.archivedHeading : (about ?? '')}
        </small>
      </span>
      {isOpen ? (
        <JoinButton {...props} />
      ) : (
        <Anchor
          className="btn small"
          href={channelHref(key)}
          label={`${peopleTexts.open} ${title}`}
        >
          {isLocked ? (item.isRequested ? peopleTexts.asked : peopleTexts.ask) : peopleTexts.open}
        </Anchor>
      )}
    </li>
  )
}

function JoinButton(props: Parameters<typeof Found>[0]): ReactNode {
  const { item, chat } = props
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(false)
  const join = () => {
    setBusy(true)
    chat.api
      .joinChannel(item.key)
      .then(
        () => {
          props.onClose()
          navigate(channelHref(item.key))
        },
        (cause: unknown) => props.onWrong(texts.notDone(cause).text),
      )
      .finally(() => setBusy(false))
  }
  return (
    <Button size="small" look="primary" busy={isBusy} onClick={join}>
      {peopleTexts.join}
      <span className="vh"> {item.title}</span>
    </Button>
  )
}
