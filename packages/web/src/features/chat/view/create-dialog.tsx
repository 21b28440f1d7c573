// Making a channel: what it is called, what it is about, who may know of it.

import { type ReactNode, useId, useState } from 'react'
import { useNavigate } from '../../../ui/navigation.tsx'
import { channelHref } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { FormDialog } from './form-dialog.tsx'
import { type Openness, OpennessField, opennessBody } from './openness-field.tsx'
import type { ChatProps } from './props.ts'

export function CreateDialog(props: {
  readonly chat: ChatProps
  readonly onClose: () => void
}): ReactNode {
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [about, setAbout] = useState('')
  const [openness, setOpenness] = useState<Openness>('private')
  const id = useId()
  const make = async () => {
    const words = about.trim()
    const { key } = await props.chat.api.makeChannel({
      title: title.trim(),
      ...(words === '' ? {} : { about: words }),
      ...opennessBody(openness),
    })
    navigate(channelHref(key))
  }
  return (
    <FormDialog
      title={peopleTexts.newChannel}
      confirm={peopleTexts.create}
      off={title.trim() === ''}
      wrong={(cause) => texts.notDone(cause).text}
      onConfirm={make}
      onClose={props.onClose}
    >
      <div className="fields">
        <label className="label" htmlFor={id}>
          {peopleTexts.title}
        </label>
        <input
          id={id}
          className="input"
          value={title}
          maxLength={80}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={(event) => setTitle(event.target.value)}
        />
        <p id={`${id}-hint`} className="xs faint">
          {peopleTexts.titleHint}
        </p>
      </div>
      <div className="fields">
        <label className="label" htmlFor={`${id}-about`}>
          {peopleTexts.about}
        </label>
        <input
          id={`${id}-about`}
          className="input"
          value={about}
          maxLength={250}
          autoComplete="off"
          onChange={(event) => setAbout(event.target.value)}
        />
      </div>
      <OpennessField value={openness} onChange={setOpenness} />
    </FormDialog>
  )
}
