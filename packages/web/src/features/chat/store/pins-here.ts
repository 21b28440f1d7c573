// Which messages of a channel are pinned, for the mark in their rows: asked for once, and again when a line of the channel tells
// of a pin or a pinned message has changed.

import type { Api } from '@sayso/client'
import { pinChanges } from '../model/pins.ts'
import type { ChannelSession } from './session-state.ts'
import { throttled } from './throttled.ts'

export type PinsHere = {
  has(serial: string): boolean
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
  let told: string | undefined
  let turn = 0
  let stop: (() => void) | undefined
  const look = () => {
    const { phase, timeline } = session.state()
    if (phase !== 'open') return
    const now = pinChanges(timeline)
    if (now === told) return
    told = now
    turn += 1
    const own = turn
    api.pins(key).then(
      ({ pins }) => {
        if (own !== turn) return
        pinned = new Set(pins.flatMap(({ message }) => message.serial ?? []))
        for (const listener of [...listeners]) listener()
      },
      // Who may not ask sees no marks; the next change asks again.
      () => undefined,
    )
  }
  return {
    has: (serial) => pinned.has(serial),
    subscribe: (listener) => {
      listeners.add(listener)
      stop ??= throttled(session.subscribe, LOOK_MS)(look)
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
