// What helps those who do not see or move a pointer as others do.

import type { ReactNode } from 'react'
import { choose, useChoices } from '../../ui/choices.ts'
import { Toggle } from '../../ui/form-parts.tsx'
import { texts } from './texts.ts'

export function AccessibilitySection(): ReactNode {
  const chosen = useChoices()
  return (
    <>
      <Toggle
        label={texts.announce}
        hint={texts.announceHint}
        isOn={chosen.announce}
        onChange={(announce) => choose({ announce })}
      />
      <p className="sm dim">{texts.accessibilityHint}</p>
    </>
  )
}
