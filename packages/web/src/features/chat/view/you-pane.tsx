// On a phone: who one is and what one may set, as a pane of its own.

import { useUser } from '@sayso/client/react'
import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { texts } from '../model/texts.ts'
import { OwnPart } from './live/own-part.tsx'
import { useOwnSaid } from './live/own-said.ts'
import { lookOf } from './live/presence-look.ts'
import type { ChatProps } from './props.ts'
import { useThemes } from './settings-menu.tsx'

export function You(props: ChatProps): ReactNode {
  const { me } = props
  const user = useUser()
  const themes = useThemes()
  const said = useOwnSaid()
  return (
    <main className="you" aria-label={texts.you}>
      <div className="row">
        <Avatar
          id={me.id}
          name={me.name}
          picture={me.picture}
          size="l"
          here={user.live ? lookOf(said) : 'off'}
        />
        <div className="grow">
          <h1 className="title cut">{me.name}</h1>
          <p className="sm dim cut">{me.email}</p>
          {user.roles.map((role) => (
            <Tag key={role.role} title={role.title} glyph={role.glyph} tone={role.tone} />
          ))}
        </div>
      </div>
      <OwnPart />
      <fieldset className="choices">
        <legend className="label">{themes.title}</legend>
        {themes.items.map((item) => (
          <label key={item.key} className="choice">
            <input
              type="radio"
              name="theme"
              checked={item.isChecked === true}
              onChange={item.onSelect}
            />
            <Icon name={item.icon} />
            <span className="grow">{item.label}</span>
            {item.isChecked === true ? <Icon name="check" /> : null}
          </label>
        ))}
      </fieldset>
      <Anchor className="btn large wide" href={`${location.pathname}?pane=you&settings=all`}>
        <Icon name="sliders-horizontal" />
        {texts.allSettings}
      </Anchor>
      <Button icon="log-out" size="large wide" onClick={props.onSignOut}>
        {texts.signOut}
      </Button>
    </main>
  )
}
