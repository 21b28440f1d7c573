// A turn in slow mode: taken once, however often the publish is decided; given back if nothing was said.

import type { NewMessage } from '@sayso/channel'
import type { ChannelName, World } from '@sayso/policy'
import type { Context } from '../context.ts'
import type { Turn } from '../pace.ts'
import type { Asker } from './asker.ts'

type Said = {
  readonly channel: ChannelName
  readonly messages: readonly NewMessage[]
  readonly idBase?: string
}

export function pacing({ pace, visitors, randomId }: Context, asker: Asker, input: Said) {
  const { channel, idBase, messages } = input
  const id = messages[0]?.id ?? idBase ?? randomId()
  let turn: Turn | undefined
  let isCounted = false
  return {
    /** @throws {Failure} `slow_mode` */
    take: (world: World) => {
      if (!isCounted) visitors.countMessage(asker)
      isCounted = true
      turn ??= pace.take(world, { channel, asker, id, messages: messages.length })
      return turn
    },
    giveBack: (error: unknown): never => {
      turn?.undo()
      throw error
    },
  }
}
