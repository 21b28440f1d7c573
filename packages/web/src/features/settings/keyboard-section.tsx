// What keys do.

import { type ReactNode, Suspense } from 'react'
import { choose, useChoices } from '../../ui/choices.ts'
import { Choice, Toggle } from '../../ui/form-parts.tsx'
import type { SettingsProps } from './props.ts'
import { texts } from './texts.ts'

export function KeyboardSection(props: SettingsProps): ReactNode {
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
      <Suspense>{props.keys}</Suspense>
    </>
  )
}
