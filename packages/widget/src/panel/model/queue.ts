// Where somebody stands who waits, as the server tells it. Pure.

import type { Talk } from './shapes.ts'

/** A conversation at another place of the queue; one that does not wait stays as it is. */
export function moved(talk: Talk, data: unknown): Talk {
  if (talk.state !== 'waiting') return talk
  const { position: _position, expectedWaitMs: _wait, ...rest } = talk
  const said = (data ?? {}) as Pick<Talk, 'position' | 'expectedWaitMs'>
  return {
    ...rest,
    ...(typeof said.position === 'number' && { position: said.position }),
    ...(typeof said.expectedWaitMs === 'number' && { expectedWaitMs: said.expectedWaitMs }),
  }
}
