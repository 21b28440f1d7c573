// The unmodified client against our codecs: what it writes we read, and what we write it reads.

import * as ably from 'ably'
import { describe, expect, test } from 'vitest'
import { Action } from './action.ts'
import { decodeFrame, encodeFrame } from './codec.ts'
import { errorInfo } from './errors.ts'
import type { Format } from './format.ts'
import type { Frame } from './frame.ts'

/** What the Node build has besides its documented surface. */
type Internals = {
  readonly Realtime: {
    readonly _MsgPack: {
      readonly encode: (value: unknown, sparse: boolean) => Uint8Array
      readonly decode: (bytes: Uint8Array) => Record<string, unknown>
    }
  }
  readonly makeProtocolMessageFromDeserialized: () => (value: unknown) => {
    readonly error?: ably.ErrorInfo
  }
}
const internals = ably as unknown as Internals
const msgpack = internals.Realtime._MsgPack
const toFrame = internals.makeProtocolMessageFromDeserialized()
const formats: readonly Format[] = ['json', 'msgpack']
const limits = { maxBytes: 65_536 }

/** Reads bytes as the client's transport does: text or Buffer off the socket, then its own deserializer. */
function readByClient(format: Format, bytes: Uint8Array): Record<string, unknown> {
  const buffer = Buffer.from(bytes)
  return format === 'json' ? JSON.parse(buffer.toString('utf8')) : msgpack.decode(buffer)
}

function writtenByClient(format: Format, frame: unknown): string | Uint8Array {
  return format === 'json' ? JSON.stringify(frame) : msgpack.encode(frame, true)
}

describe('the stock client', () => {
  test.each(formats)('[PR19] reads every member of a frame in %s', (format) => {
    const frame: Frame = {
      action: Action.CONNECTED,
      id: 'i',
      timestamp: 1_790_000_000_000,
      connectionId: 'c1',
      connectionKey: 'c1!k',
      connectionDetails: {
        connectionKey: 'c1!k',
        clientId: 'ada',
        connectionStateTtl: 120_000,
        maxIdleInterval: 15_000,
        maxMessageSize: 65_536,
      },
      flags: 917_507,
      channel: 'chat:ä😀',
      channelSerial: 's@1',
      msgSerial: 4_294_967_296,
      count: 70_000,
      params: { rewind: '1' },
      res: [{ serials: ['s:0', 's:1'] }],
      auth: { accessToken: 't' },
    }
    expect(readByClient(format, encodeFrame(format, frame))).toEqual(frame)
  })

  test.each(formats)('[PR19] makes a whole error of ours in %s', (format) => {
    const error = errorInfo('action_denied', undefined, { command: 'demote' })
    const bytes = encodeFrame(format, { action: Action.ERROR, channel: 'c', error })
    const frame = toFrame(readByClient(format, bytes))
    expect(frame.error).toBeInstanceOf(ably.ErrorInfo)
    expect(frame.error).toMatchObject(error)
    const fatal = encodeFrame(format, { action: Action.ERROR, error })
    expect(toFrame(readByClient(format, fatal))).not.toHaveProperty('channel')
  })

  test.each(formats)('[PR19] decodes text, JSON and bytes of messages in %s', async (format) => {
    const bytes = encodeFrame(format, {
      action: Action.MESSAGE,
      messages: [
        { data: 'ä', action: 0, serial: 's', timestamp: 1_790_000_000_000 },
        { data: '{"a":1}', encoding: 'json' },
        { data: new Uint8Array([0, 255]) },
        { data: new TextEncoder().encode('"x"'), encoding: 'json/utf-8' },
        { data: new Uint8Array() },
      ],
    })
    const { messages } = readByClient(format, bytes)
    const decoded = await ably.Realtime.Message.fromEncodedArray(messages as ably.Message[])
    expect(decoded.map(({ data }) => data)).toEqual([
      'ä',
      { a: 1 },
      Buffer.from([0, 255]),
      'x',
      Buffer.alloc(0),
    ])
    expect(decoded[0]).toMatchObject({
      action: 'message.create',
      version: { serial: 's', timestamp: 1_790_000_000_000 },
    })
  })

  test.each(formats)('[PR19] decodes presence and annotations in %s', async (format) => {
    const presence = encodeFrame(format, {
      action: Action.SYNC,
      presence: [{ action: 1, clientId: 'ada', id: 'c:0:0', data: new Uint8Array([7]) }],
    })
    const [member] = readByClient(format, presence).presence as ably.PresenceMessage[]
    expect(await ably.Realtime.PresenceMessage.fromEncoded(member)).toMatchObject({
      action: 'present',
      clientId: 'ada',
      data: Buffer.from([7]),
    })
    const empty = encodeFrame(format, { action: Action.SYNC, presence: [] })
    expect(readByClient(format, empty).presence).toEqual([])
  })

  test.each(formats)('[PR16] writes frames that are read in %s', (format) => {
    const frame = {
      action: Action.MESSAGE,
      channel: 'chat:ä',
      msgSerial: 3,
      id: undefined,
      params: undefined,
      messages: [
        { name: null, data: undefined, action: 0, extras: { headers: { a: 'b' } } },
        format === 'json' ? { data: 'AP8=', encoding: 'base64' } : { data: Buffer.from([0, 255]) },
        { data: '{"a":1}', encoding: 'json', clientId: 'ada' },
      ],
    }
    expect(decodeFrame(format, writtenByClient(format, frame), limits)).toEqual({
      action: Action.MESSAGE,
      channel: 'chat:ä',
      msgSerial: 3,
      messages: [
        { action: 0, extras: { headers: { a: 'b' } } },
        { data: new Uint8Array([0, 255]) },
        { data: '{"a":1}', encoding: 'json', clientId: 'ada' },
      ],
    })
  })

  test.each(formats)('[PR16] writes edits that carry the message they edit in %s', (format) => {
    const frame = {
      action: Action.MESSAGE,
      channel: 'c',
      msgSerial: 0,
      messages: [
        {
          id: 'c:0:0',
          serial: 's',
          action: 2,
          timestamp: 1_790_000_000_000,
          connectionId: 'c',
          annotations: { summary: {} },
          version: { description: 'rude' },
        },
      ],
    }
    expect(decodeFrame(format, writtenByClient(format, frame), limits)).toEqual({
      ...frame,
      messages: [
        {
          id: 'c:0:0',
          serial: 's',
          action: 2,
          connectionId: 'c',
          version: { description: 'rude' },
        },
      ],
    })
  })
})
