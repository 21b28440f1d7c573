// The list under `?`: every shortcut, grouped, with the keys that are chosen.

import { type ReactNode, useId } from 'react'
import { useChoices } from '../../../ui/choices.ts'
import { Anchor } from '../../../ui/navigation.tsx'
import { PlainDialog } from '../view/plain-dialog.tsx'
import { KeyCaps } from './key-caps.tsx'
import { GROUPS, keysFor, SHORTCUTS, type ShortcutGroup } from './shortcuts.ts'
import { shortcutTexts } from './texts.ts'

export function ShortcutsDialog(props: {
  /** Where single keys are changed. */
  readonly settingsHref: string
  readonly onClose: () => void
}): ReactNode {
  const { singleKeys } = useChoices()
  return (
    <PlainDialog
      title={shortcutTexts.title}
      close={shortcutTexts.close}
      look="wide"
      onClose={props.onClose}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className="shortcut-groups" tabIndex={0} aria-label={shortcutTexts.title}>
        {GROUPS.map((group) => (
          <Group key={group} group={group} />
        ))}
      </section>
      <p className="sm">
        {singleKeys ? null : <span className="dim">{shortcutTexts.areOff} </span>}
        <Anchor href={props.settingsHref}>{shortcutTexts.change}</Anchor>
      </p>
    </PlainDialog>
  )
}

function Group(props: { readonly group: ShortcutGroup }): ReactNode {
  const { group } = props
  const id = useId()
  const chosen = useChoices()
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="label">
        {shortcutTexts.groups[group]}
      </h3>
      <dl className="shortcuts">
        {SHORTCUTS.filter((one) => one.group === group).map((one) => {
          const chords = keysFor(one, chosen)
          return (
            <div key={one.id} className={chords.length === 0 ? 'faint' : undefined}>
              <dt>{shortcutTexts.does[one.id]}</dt>
              <dd>
                {chords.length === 0 ? (
                  <span className="xs">{shortcutTexts.off}</span>
                ) : (
                  <KeyCaps chords={chords} />
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
