// Who one talks with, whether they are there, and what else can be done.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Ready } from '../store/state.ts'
import { Avatar } from './avatar.tsx'
import { ForgetDialog } from './forget-dialog.tsx'
import { Icon } from './icons.tsx'
import { type Say, usePanel, useSay } from './use.ts'

export function Header() {
  const { panel, state } = usePanel()
  const say = useSay()
  const { config, talk, screen } = state
  const person = config.look.hidesNames === true ? undefined : talk?.with?.[0]
  const title = person === undefined ? config.name : person.name
  return (
    <header class="head">
      {screen === 'earlier' ? (
        <button
          type="button"
          class="icon"
          aria-label={say('back')}
          onClick={() => panel.go('talk')}
        >
          <Icon name="back" />
        </button>
      ) : (
        <Avatar name={person?.name ?? config.name} picture={person?.picture ?? config.look.logo} />
      )}
      <div class="grow">
        <h1 id="title">{screen === 'earlier' ? say('earlier') : title}</h1>
        {screen !== 'earlier' && (
          <p class="small" aria-live="polite">
            {statusOf(state, say)}
          </p>
        )}
      </div>
      <Menu />
      <button type="button" class="icon" aria-label={say('close')} onClick={() => panel.close()}>
        <Icon name="close" />
      </button>
    </header>
  )
}

function statusOf({ talk, config }: Ready, say: Say): string {
  const { state } = config.availability
  if (talk?.state === 'closed') return say('closedPlain')
  // Whoever left a message has no place in a queue.
  if (talk?.state === 'waiting' && state === 'online') return waitingText(talk, say)
  if (talk?.state === 'open') return talk.with?.[0] === undefined ? say('online') : config.name
  return say(state === 'online' ? 'online' : 'away')
}

export function waitingText(
  { position, expectedWaitMs }: { readonly position?: number; readonly expectedWaitMs?: number },
  say: Say,
): string {
  const parts = [
    position === undefined ? say('waiting') : say('position', { position }),
    ...(expectedWaitMs === undefined
      ? []
      : [say('wait', { minutes: Math.max(1, Math.ceil(expectedWaitMs / 60_000)) })]),
  ]
  return parts.join(', ')
}

function Menu() {
  const { panel, state } = usePanel()
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const [isSure, setSure] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    box.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
    const outside = ({ target }: Event) => {
      if (!box.current?.contains(target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', outside)
    return () => removeEventListener('pointerdown', outside)
  }, [isOpen])
  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  const chosen = (run: () => void) => () => {
    close()
    run()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu and of its button, wherever in it the focus is
    <div class="menu" ref={box} onKeyDown={(event) => onMenuKey(event, close)}>
      <button
        type="button"
        class="icon"
        aria-label={say('more')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div role="menu" aria-label={say('more')}>
          <button type="button" role="menuitem" onClick={chosen(() => panel.go('earlier'))}>
            {say('earlier')}
          </button>
          {(['sound', 'title'] as const).map((choice) => (
            <button
              key={choice}
              type="button"
              role="menuitemcheckbox"
              aria-checked={state.chosen[choice]}
              onClick={chosen(() => panel.choose(choice, !state.chosen[choice]))}
            >
              {say(`${choice}On`)}
              {state.chosen[choice] && <Icon name="check" />}
            </button>
          ))}
          <hr />
          <button
            type="button"
            role="menuitem"
            class="danger"
            onClick={chosen(() => setSure(true))}
          >
            {say('forget')}
          </button>
        </div>
      )}
      {isSure && <ForgetDialog onEnd={() => setSure(false)} />}
    </div>
  )
}

function onMenuKey(event: KeyboardEvent, close: () => void): void {
  const items = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role^=menuitem]'),
  ]
  if (items.length === 0) return
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault()
    event.stopPropagation()
    return close()
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const at = items.indexOf(document.activeElement as HTMLElement)
  items[(at + step + items.length) % items.length]?.focus()
}
