import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Action, AnnotationAction, MessageAction, PresenceAction } from './action.ts'
import { errorTable } from './errors.ts'
import { Flag } from './flags.ts'
import { annotationSchema, frameSchema, messageSchema } from './incoming.ts'
import { protocolVersion, requestVersion, wireRevision } from './version.ts'

// One line per revision, kept: the hash of everything that was agreed with clients then.
const pins: Readonly<Record<string, string>> = {
  '6.1': '47b06c44b509cf02',
  '6.2': '8bebb82ec700d3be',
}

describe('the wire', () => {
  test('[PR43] schemas, numbers and codes are those of this revision', () => {
    const schema = (type: z.ZodType) => z.toJSONSchema(type, { unrepresentable: 'any' })
    const agreed = {
      frames: schema(frameSchema),
      message: schema(messageSchema),
      annotation: schema(annotationSchema),
      numbers: [Action, MessageAction, PresenceAction, AnnotationAction, Flag],
      errors: errorTable().map(({ name, code, status }) => [name, code, status]),
    }
    const hash = createHash('sha256').update(JSON.stringify(agreed)).digest('hex').slice(0, 16)
    expect({ [`${protocolVersion}.${wireRevision}`]: hash }).toEqual(
      Object.fromEntries(Object.entries(pins).slice(-1)),
    )
  })

  test('[PR42] a request’s version is its own, or ours', () => {
    expect(
      [undefined, '', '6', '2', '4', '1.2', ' 3 ', 'x', '-1', '99999'].map(requestVersion),
    ).toEqual([6, 6, 6, 2, 4, 1, 3, 6, 6, 6])
  })
})
