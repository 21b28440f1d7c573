// Whom one has blocked in direct messages, and the end of it.

import type { Api, PersonView } from '@sayso/client'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Outcome } from '../../ui/form-parts.tsx'
import { privacyTexts as texts } from './privacy-texts.ts'
import { refusalOf } from './use-form.ts'

export function BlockedPeople(props: { readonly api: Api }): ReactNode {
  const { api } = props
  const [people, setPeople] = useState<readonly PersonView[]>()
  const [refused, setRefused] = useState<string>()
  const [done, setDone] = useState<string>()
  const load = useCallback(async () => {
    try {
      setPeople((await api.blocks()).items)
      setRefused(undefined)
    } catch (cause) {
      setRefused(refusalOf(cause))
    }
  }, [api])
  useEffect(() => void load(), [load])
  const end = async ({ id, name }: PersonView) => {
    try {
      await api.unblock(id)
      setDone(texts.blocked.ended(name))
    } catch (cause) {
      setRefused(refusalOf(cause))
    }
    await load()
  }
  return (
    <section className="stack tight" aria-label={texts.blocked.title}>
      <h3 className="label">{texts.blocked.title}</h3>
      <p className="sm dim">{texts.blocked.about}</p>
      {people?.length === 0 ? <p className="sm dim">{texts.blocked.none}</p> : null}
      {people === undefined || people.length === 0 ? null : (
        <ul className="devices">
          {people.map((person) => (
            <li key={person.id} className="device">
              <Avatar id={person.id} name={person.name} picture={person.picture} size="m" />
              <span className="grow strong sm cut" dir="auto">
                {person.name}
              </span>
              <Button size="small" onClick={() => void end(person)}>
                {texts.blocked.end}
                <span className="vh"> {person.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {refused === undefined ? null : <FieldError text={refused} />}
      <Outcome text={done} />
    </section>
  )
}
