// What the reader has chosen: how the pages look and how they behave. Kept on this device, so that the first paint is right;
// `public/theme.js` applies the look before anything is drawn.

import { useSyncExternalStore } from 'react'

export type Choices = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly contrast: 'system' | 'more'
  readonly density: 'comfortable' | 'compact'
  readonly motion: 'system' | 'none'
  /** Of plain text; CSS pixels, 12 to 20. */
  readonly textSize: number
  /** Which key sends; the other one starts a new line. */
  readonly sendBy: 'enter' | 'mod-enter'
  /** Shortcuts of a single key, such as `?`. */
  readonly singleKeys: boolean
  /** Other keys for some of them, by the name of the shortcut; an empty one: none. */
  readonly keys: Readonly<Record<string, string>>
  /** Whether new messages are read out by screen readers. */
  readonly announce: boolean
}

export const DEFAULT_CHOICES: Choices = {
  theme: 'system',
  contrast: 'system',
  density: 'comfortable',
  motion: 'system',
  textSize: 15,
  sendBy: 'enter',
  singleKeys: true,
  keys: {},
  announce: true,
}

export const TEXT_SIZES = { least: 12, most: 20 } as const

/** Read by `public/theme.js` as well. */
const KEY = 'sayso.choices'

let current: Choices | undefined
const listeners = new Set<() => void>()

/** What is chosen now. */
export function choices(): Choices {
  current ??= readChoices(kept())
  return current
}

/** Chooses, applies and keeps; what is not named stays. */
export function choose(some: Partial<Choices>): void {
  setChoices({ ...choices(), ...some })
}

/** Takes over what is chosen in other tabs, from now on. */
export function followTabs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) setChoices(readChoices(kept(), choices()))
  })
}

/** Calls back after a choice has changed. */
export function onChoices(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useChoices(): Choices {
  return useSyncExternalStore(onChoices, choices)
}

/** Reads choices out of anything; what is absent or none of the values is taken from `otherwise`. */
export function readChoices(value: unknown, otherwise: Choices = DEFAULT_CHOICES): Choices {
  const given = typeof value === 'object' && value !== null ? (value as Partial<Choices>) : {}
  const one = <T>(wanted: unknown, values: readonly T[], fallback: T): T =>
    values.includes(wanted as T) ? (wanted as T) : fallback
  const { least, most } = TEXT_SIZES
  const isSize = Number.isInteger(given.textSize) && Number(given.textSize) >= least
  return {
    theme: one(given.theme, ['system', 'light', 'dark'], otherwise.theme),
    contrast: one(given.contrast, ['system', 'more'], otherwise.contrast),
    density: one(given.density, ['comfortable', 'compact'], otherwise.density),
    motion: one(given.motion, ['system', 'none'], otherwise.motion),
    textSize: isSize ? Math.min(most, Number(given.textSize)) : otherwise.textSize,
    sendBy: one(given.sendBy, ['enter', 'mod-enter'], otherwise.sendBy),
    singleKeys: one(given.singleKeys, [true, false], otherwise.singleKeys),
    keys: isKeys(given.keys) ? given.keys : otherwise.keys,
    announce: one(given.announce, [true, false], otherwise.announce),
  }
}

const MOST_KEYS = 64

function isKeys(value: unknown): value is Choices['keys'] {
  if (typeof value !== 'object' || value === null) return false
  const keys = Object.values(value)
  return keys.length <= MOST_KEYS && keys.every((key) => typeof key === 'string' && key.length < 9)
}

function setChoices(next: Choices): void {
  if (JSON.stringify(next) === JSON.stringify(choices())) return
  current = next
  applyLook(next)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Storage is full or closed: the choice holds until the page is left.
  }
  for (const listener of [...listeners]) listener()
}

/** The same as `public/theme.js` does before the first paint. */
function applyLook(look: Choices): void {
  const { dataset, style } = document.documentElement
  for (const name of ['theme', 'contrast', 'motion'] as const) {
    if (look[name] === 'system') delete dataset[name]
    else dataset[name] = look[name]
  }
  if (look.density === 'compact') dataset.density = 'compact'
  else delete dataset.density
  style.fontSize =
    look.textSize === DEFAULT_CHOICES.textSize ? '' : `${(look.textSize / 15) * 100}%`
}

function kept(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}
