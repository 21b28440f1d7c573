// What frame handlers need of a session.

import type { LiveConnection } from '../../live-connection.ts'
import type { PublishRate } from '../../publish-rate.ts'
import type { Answers } from './answers.ts'
import type { WirePeer } from './peer.ts'

export type LiveSession = {
  readonly connection: LiveConnection
  readonly peer: WirePeer
  readonly answers: Answers
  readonly rate: PublishRate
}
