// What stands in the place of somebody's own things while another looks on: nothing of theirs is shown, and nothing is kept.

import type { Personal, Values } from './personal.ts'

const NONE: Values = new Map()

export const PERSONAL_OF_VIEW: Personal = {
  get: () => undefined,
  all: () => NONE,
  set: () => undefined,
  isKnown: () => true,
  subscribe: () => () => undefined,
  close: () => undefined,
}
