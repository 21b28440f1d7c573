import type { Message, NewMessage } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PreparedPublish, prepareWrite, publishedEntry } from '../rules/prepare.ts'
import { amendedBody, messageEntryOf, publishBody, storedText } from './body.ts'
import { KIND } from './schema.ts'

const text = fc.string({ unit: 'binary' })
const anyText = fc.oneof(
  text,
  fc.constantFrom('\ud800', '\udc00x', '\u0000', '~bytes', '__proto__'),
)
const bytes = fc.uint8Array({ maxLength: 8 })
const { extra } = fc.letrec((tie) => ({
  extra: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    bytes,
    fc.array(tie('extra'), { maxLength: 3 }),
    fc
      .array(fc.tuple(anyText, tie('extra')), { maxLength: 3 })
      .map((all) => Object.fromEntries(all)),
  ),
}))
const extras = fc
  .array(fc.tuple(anyText, extra), { maxLength: 3 })
  .map((all) => Object.fromEntries(all))

const message: fc.Arbitrary<NewMessage> = fc.record(
  {
    id: anyText,
    name: anyText,
    data: fc.oneof(anyText, bytes),
    encoding: anyText,
    clientId: anyText,
    extras,
  },
  { requiredKeys: [] },
)

const row = { revision: 3, serial: '00000000001000-000@s' }

describe('bodies', () => {
  test('[ST12] a publish is read as it was told, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 3 }), (messages) => {
        const channel = 'c' as ChannelName
        const { entries } = prepareWrite({ entries: [{ kind: 'publish', channel, messages }] })
        const [entry] = entries as [PreparedPublish]
        const told = publishedEntry(entry, { ...row, atMs: 1_000 })
        const body = publishBody(entry.messages, {})
        expect(messageEntryOf({ ...row, kind: KIND.publish, body }, channel)).toEqual(told)
        const state = told.messages[0] as Message
        const amended = { ...row, kind: KIND.amend, body: amendedBody({ message: state }, {}) }
        expect(messageEntryOf(amended, channel).messages).toEqual([state])
      }),
      { numRuns: 500 },
    )
  })

  test('[ST12] different texts are stored as different, well-formed ones', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(storedText(one) === storedText(other)).toBe(one === other)
        expect(Buffer.from(storedText(one)).toString()).toBe(storedText(one))
      }),
    )
  })
})
