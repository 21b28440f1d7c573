// Who one talks with, whether they are there, and what else can be done.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Ready } from '../store/state.ts'
import { Avatar } from './avatar.tsx'
import { ForgetDialog } from './forget-dialog.tsx'
import { Icon } from './icons.tsx'
import { type Say, usePanel, useSay } from './use.ts'
import { whenText } from './when.ts'

export function Header() {
  const { panel, state } = usePanel()
  const say = useSay()
  const { config, talk, screen } = state
  const person = config.look.hidesNames === true ? undefined : talk?.with?.[0]
  const title =
    person === undefined ? config.name : say('chatWith', { name: person.name, place: config.name })
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
        {screen !== 'earlier' && <p class="small">{statusOf(state, say)}</p>}
      </div>
      <Menu />
      <button type="button" class="icon" aria-label={say('close')} onClick={() => panel.close()}>
        <Icon name="close" />
      </button>
    </header>
  )
}

function statusOf({ talk, config, spoken }: Ready, say: Say): string {
  const { state, backAtMs } = config.availability
  if (talk?.state === 'closed') return say('closedPlain')
  if (talk?.state === 'waiting') return waitingText(talk, say)
  if (talk !== undefined) return say('online')
  if (state === 'online') return say('online')
  if (backAtMs === undefined) return say('away')
  return say('backAt', { time: whenText(backAtMs, spoken.tag) })
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
          <button
            type="button"
            role="menuitemcheckbox"
            aria-checked={state.hasSound}
            onClick={chosen(() => panel.sound(!state.hasSound))}
          >
            {say('soundOn')}
            {state.hasSound && <Icon name="check" />}
          </button>
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
