// How the pages look: counts at once, and is kept on this device.

import { type ReactNode, useId } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { choose, TEXT_SIZES, useChoices } from '../../ui/choices.ts'
import { Choice } from '../../ui/form-parts.tsx'
import { texts } from './texts.ts'

export function AppearanceSection(): ReactNode {
  const chosen = useChoices()
  const { theme, contrast, density, motion } = texts
  return (
    <>
      <Sample />
      <Choice
        title={theme.title}
        value={chosen.theme}
        options={[
          { key: 'system', label: theme.system },
          { key: 'light', label: theme.light },
          { key: 'dark', label: theme.dark },
        ]}
        onChange={(key) => choose({ theme: key })}
      />
      <TextSize size={chosen.textSize} />
      <Choice
        title={density.title}
        value={chosen.density}
        options={[
          { key: 'comfortable', label: density.comfortable },
          { key: 'compact', label: density.compact },
        ]}
        onChange={(key) => choose({ density: key })}
      />
      <Choice
        title={contrast.title}
        value={chosen.contrast}
        options={[
          { key: 'system', label: contrast.system },
          { key: 'more', label: contrast.more },
        ]}
        onChange={(key) => choose({ contrast: key })}
      />
      <Choice
        title={motion.title}
        value={chosen.motion}
        options={[
          { key: 'system', label: motion.system },
          { key: 'none', label: motion.none },
        ]}
        onChange={(key) => choose({ motion: key })}
      />
    </>
  )
}

function TextSize(props: { readonly size: number }): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{texts.textSize}</label>
      <div className="row">
        <input
          id={id}
          type="range"
          className="grow"
          min={TEXT_SIZES.least}
          max={TEXT_SIZES.most}
          step={1}
          value={props.size}
          aria-valuetext={texts.pixels(props.size)}
          onChange={(event) => choose({ textSize: Number(event.target.value) })}
        />
        <output className="num sm dim" htmlFor={id}>
          {texts.pixels(props.size)}
        </output>
      </div>
    </div>
  )
}

/** What a choice does, before one goes back to the chat. */
function Sample(): ReactNode {
  return (
    <div className="sample" aria-hidden="true">
      <Avatar id="sample" name={texts.sample.name} />
      <div>
        <b>{texts.sample.name}</b>
        <p>{texts.sample.text}</p>
      </div>
    </div>
  )
}
