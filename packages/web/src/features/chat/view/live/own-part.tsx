// On a phone: how others see one, as part of the page about oneself.

import '../../styles/live.css'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import type { MenuItem } from '../../../../ui/menu.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { liveTexts } from '../../model/texts-live.ts'
import { useAdministers, useWorksAtDesk } from '../../store/use-administers.ts'
import { useOwnChoice } from '../../store/use-own-choice.ts'
import { useOwnGroups } from './own-groups.ts'
import { statusText } from './presence-words.ts'
import { StatusDialog } from './status-dialog.tsx'

export function OwnPart(): ReactNode {
  const [isWriting, setWriting] = useState(false)
  const [states, quiets] = useOwnGroups(() => setWriting(true))
  const { status } = useOwnChoice()
  const isAdmin = useAdministers(true)
  const isOfDesk = useWorksAtDesk(true)
  const line = status && statusText({ availability: 'online', status })
  return (
    <>
      <fieldset className="choices">
        <legend className="label">{liveTexts.state}</legend>
        {states?.items.map((item) => (
          <Choice key={item.key} item={item} />
        ))}
      </fieldset>
      <fieldset className="choices">
        <legend className="label">{quiets?.title}</legend>
        {quiets?.items.map((item) => (
          <Choice key={item.key} item={item} />
        ))}
      </fieldset>
      <Button icon="smile" size="large wide" onClick={() => setWriting(true)}>
        {line ?? liveTexts.setStatus}
      </Button>
      {isOfDesk ? (
        <Anchor className="btn large wide" href="/desk">
          <Icon name="headset" />
          {liveTexts.desk}
        </Anchor>
      ) : null}
      {isAdmin ? (
        <Anchor className="btn large wide" href="/admin">
          <Icon name="shield-check" />
          {liveTexts.administer}
        </Anchor>
      ) : null}
      {isWriting ? <StatusDialog onClose={() => setWriting(false)} /> : null}
    </>
  )
}

function Choice(props: { readonly item: MenuItem }): ReactNode {
  const { item } = props
  return (
    <label className="choice">
      <input
        type="radio"
        name="presence"
        checked={item.isChecked === true}
        onChange={item.onSelect}
      />
      <Icon name={item.icon} />
      <span className="grow">
        {item.label}
        {item.detail === undefined ? null : <small className="xs dim line">{item.detail}</small>}
      </span>
      {item.isChecked === true ? <Icon name="check" /> : null}
    </label>
  )
}
