// Beginning a conversation: with whom, up to seven others.

import type { PersonView } from '@sayso/client'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { channelHref } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { FormDialog } from './form-dialog.tsx'
import type { ChatProps } from './props.ts'

const MOST_OTHERS = 7
const SHOWN = 50
const GATHER_MS = 150

export function DirectDialog(props: {
  readonly chat: ChatProps
  readonly onClose: () => void
}): ReactNode {
  const { chat } = props
  const navigate = useNavigate()
  const [wanted, setWanted] = useState('')
  const [chosen, setChosen] = useState<readonly PersonView[]>([])
  const found = useFound(chat, wanted)
  const id = useId()
  const isChosen = (one: PersonView) => chosen.some((other) => other.id === one.id)
  const toggle = (one: PersonView) =>
    setChosen((now) =>
      now.some(({ id: other }) => other === one.id)
        ? now.filter(({ id: other }) => other !== one.id)
        : [...now, one],
    )
  const start = async () => {
    const { key } = await chat.api.startDirect({ people: chosen.map((one) => one.id) })
    navigate(channelHref(key))
  }
  const rest = found.filter((one) => one.id !== chat.me.id && !isChosen(one))
  return (
    <FormDialog
      title={peopleTexts.newDirect}
      confirm={peopleTexts.startTalk}
      off={chosen.length === 0 || chosen.length > MOST_OTHERS}
      wrong={(cause) => texts.notDone(cause).text}
      onConfirm={start}
      onClose={props.onClose}
    >
      <div className="fields">
        <label className="label" htmlFor={id}>
          {peopleTexts.whom}
        </label>
        <input
          id={id}
          className="input"
          type="search"
          value={wanted}
          placeholder={peopleTexts.search}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <ul className="rows">
        {[...chosen, ...rest].map((one) => (
          <li key={one.id}>
            <label className="row-item">
              <input type="checkbox" checked={isChosen(one)} onChange={() => toggle(one)} />
              <Avatar id={one.id} name={one.name} picture={one.picture} size="m" />
              <span className="grow cut sm">{one.name}</span>
            </label>
          </li>
        ))}
      </ul>
      {rest.length + chosen.length === 0 ? (
        <p className="empty sm dim">{peopleTexts.noOne}</p>
      ) : null}
    </FormDialog>
  )
}

/** People of the place by name, as the channel one lands in knows them. */
function useFound(chat: ChatProps, wanted: string): readonly PersonView[] {
  const [found, setFound] = useState<readonly PersonView[]>([])
  const key = chat.channelKey ?? chat.homeKey
  const { api } = chat
  useEffect(() => {
    if (key === undefined) return
    let isCurrent = true
    const q = wanted.trim()
    const timer = setTimeout(() => {
      api.people(key, { limit: SHOWN, ...(q === '' ? {} : { q }) }).then(
        ({ people }) => isCurrent && setFound(people),
        () => undefined,
      )
    }, GATHER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [api, key, wanted])
  return found
}
