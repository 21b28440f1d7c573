// Who one is to others: the name, the picture, and the roles one holds on the whole place.

import { useUser } from '@sayso/client/react'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Outcome } from '../../ui/form-parts.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { SettingsProps } from './props.ts'
import { texts } from './texts.ts'
import { refusalOf } from './use-form.ts'

export function ProfileSection(props: SettingsProps): ReactNode {
  const { me } = props
  return (
    <>
      <div className="row">
        <Avatar id={me.id} name={me.name} picture={me.picture} size="l" />
        <div className="grow">
          <div className="strong cut">{me.name}</div>
          <div className="sm dim cut">{me.email}</div>
        </div>
      </div>
      <Name {...props} />
      <Roles />
    </>
  )
}

function Name(props: SettingsProps): ReactNode {
  const [name, setName] = useState(props.me.name)
  const [said, setSaid] = useState<{ done?: string; error?: string }>({})
  const save = async () => {
    try {
      await props.api.changeName(name.trim())
      await props.onAccount()
      setSaid({ done: texts.saved })
    } catch (cause) {
      setSaid({ error: refusalOf(cause) })
    }
  }
  return (
    <form
      className="stack tight"
      aria-label={texts.sections.profile}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={texts.name}
        name="name"
        value={name}
        onChange={setName}
        autoComplete="name"
        maxLength={80}
        hint={<p className="hint">{texts.nameHint}</p>}
        error={said.error}
      />
      <div className="row">
        <Button type="submit" busy={name.trim() === '' || name.trim() === props.me.name}>
          {texts.save}
        </Button>
        <Outcome text={said.done} />
      </div>
    </form>
  )
}

function Roles(): ReactNode {
  const { roles } = useUser()
  return (
    <div>
      <h3 className="label">{texts.roles}</h3>
      {roles.length === 0 ? <p className="sm dim">{texts.noRoles}</p> : null}
      <div className="row wrap">
        {roles.map((role) => (
          <Tag key={role.role} title={role.title} glyph={role.glyph} tone={role.tone} />
        ))}
      </div>
    </div>
  )
}
