// A message as our own API shows it: as REST of the protocol does, in JSON.

import type { Message } from '@sayso/channel'
import { type HistoryMessage, historyItem } from '@sayso/protocol'
import * as z from 'zod'
import { wireMessage } from '../../ably/shapes.ts'

export const messageShape = z
  .looseObject({
    serial: z.string(),
    timestamp: z.number().describe('milliseconds since 1970'),
    action: z.int().describe('0 created, 1 updated, 2 deleted'),
    clientId: z.string().optional(),
    data: z.unknown().optional(),
    encoding: z.string().optional(),
    extras: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Message', description: 'A message as the realtime protocol writes it in JSON.' })

export function messageItem(message: Message): HistoryMessage {
  return historyItem(wireMessage(message) as HistoryMessage, 'json')
}
