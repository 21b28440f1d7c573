// What a screen is said to be: who sees it, where, what goes wrong with it, and when it stands.

import type { Page } from 'playwright-core'
import type { Place, Who } from './place.ts'

export const STATES = [
  'empty',
  'loading',
  'full',
  'error',
  'offline',
  'muted',
  'read-only',
  'dialog',
  'refused',
  'closed',
] as const

export type State = (typeof STATES)[number]

/** @typeParam S what its states are called */
export type Shown<S extends string = State> = {
  readonly screen: string
  readonly state: S
  readonly who: Who
  readonly path: (place: Place) => string
  /** Resolves when it stands. */
  readonly settled: (page: Page) => Promise<unknown>
  /** Requests that are never answered. */
  readonly hold?: RegExp
  /** Requests that the server fails at. */
  readonly fail?: RegExp
  /** The socket opens and says nothing. */
  readonly isMute?: true
  /** What is done on it before it is looked at. */
  readonly act?: (page: Page) => Promise<unknown>
}
