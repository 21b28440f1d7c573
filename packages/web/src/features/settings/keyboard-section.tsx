// What keys do.

import type { ReactNode } from 'react'
import { choose, useChoices } from '../../ui/choices.ts'
import { Choice, Toggle } from '../../ui/form-parts.tsx'
import { texts } from './texts.ts'

export function KeyboardSection(): ReactNode {
  const chosen = useChoices()
  return (
    <>
      <Choice
        title={texts.sendBy.title}
        value={chosen.sendBy}
        options={[
          { key: 'enter', label: texts.sendBy.enter },
          { key: 'mod-enter', label: texts.sendBy.modEnter },
        ]}
        onChange={(sendBy) => choose({ sendBy })}
        tall
      />
      <Toggle
        label={texts.singleKeys}
        hint={texts.singleKeysHint}
        isOn={chosen.singleKeys}
        onChange={(singleKeys) => choose({ singleKeys })}
      />
    </>
  )
}
