// Which messages of a channel are pinned, for the mark in their rows: asked for once, and again when a line of the channel tells
// of a pin or a pinned message has changed.

import type { Api } from '@sayso/client'
import { pinChanges } from '../model/pins.ts'
import type { ChannelSession } from './session-state.ts'
import { throttled } from './throttled.ts'

export type PinsHere = {
  /** Serials; the same until one changes. */
  all(): ReadonlySet<string>
  /** The server has told of them, or will not. */
  isTold(): boolean
  subscribe(listener: () => void): () => void
}

const LOOK_MS = 300
const known = new WeakMap<ChannelSession, PinsHere>()

/** One for each visit of a channel. */
export function pinsHere(session: ChannelSession, api: Pick<Api, 'pins'>, key: string): PinsHere {
  const found = known.get(session) ?? followed(session, api, key)
  known.set(session, found)
  return found
}

function followed(session: ChannelSession, api: Pick<Api, 'pins'>, key: string): PinsHere {
  const listeners = new Set<() => void>()
  let pinned: ReadonlySet<string> = new Set()
  let isTold = false
  let told: string | undefined
  let turn = 0
  let stop: (() => void) | undefined
  const learn = (serials: readonly string[]) => {
    const isNew = serials.length !== pinned.size || serials.some((serial) => !pinned.has(serial))
    if (isNew) pinned = new Set(serials)
    if (!isNew && isTold) return
    isTold = true
    for (const listener of [...listeners]) listener()
  }
  /** The right to read is gone: so is what was learnt with it, also what is on its way. */
  const forget = () => {
    turn += 1
    told = undefined
    learn([])
  }
  const look = () => {
    const { phase, timeline } = session.state()
    if (phase === 'denied') forget()
    if (phase !== 'open') return
    const now = pinChanges(timeline)
    if (now === told) return
    told = now
    turn += 1
    const own = turn
    api.pins(key).then(
      ({ pins }) => {
        if (own === turn) learn(pins.flatMap(({ message }) => message.serial ?? []))
      },
      // Who may not ask sees no marks; the next change asks again.
      () => {
        if (own === turn) learn([...pinned])
      },
    )
  }
  return {
    all: () => pinned,
    isTold: () => isTold,
    subscribe: (listener) => {
      listeners.add(listener)
      stop ??= following(session, look)
      look()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = undefined
      }
    },
  }
}

/** Looks at once when the channel opens or may not be read any more, and now and then otherwise. */
function following(session: ChannelSession, look: () => void): () => void {
  let { phase } = session.state()
  const stopOpening = session.subscribe(() => {
    const before = phase
    phase = session.state().phase
    if (phase !== before) look()
  })
  const stopLooking = throttled(session.subscribe, LOOK_MS)(look)
  return () => {
    stopOpening()
    stopLooking()
  }
}
