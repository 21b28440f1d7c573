// Schemas around the policy: documents with their problems and differences, and what changes would do.

import * as z from 'zod'

export const policyText = z
  .string()
  .max(1_048_576)
  .describe('a whole policy document, YAML or JSON')

/** Bodies that carry a policy document are larger than others. */
export const POLICY_BODY_BYTES = 2_097_152

/** A thousand changes with their reasons are larger than others as well. */
export const CHANGES_BODY_BYTES = 524_288

export const revision = z
  .int()
  .min(0)
  .optional()
  .describe('refused with `conflict` if rights have moved since')

export const problemsShape = z.array(
  z
    .object({
      line: z.int(),
      column: z.int(),
      path: z.string(),
      message: z.string(),
      remedy: z.string(),
    })
    .meta({ id: 'PolicyProblem' }),
)

export const differencesShape = z.array(
  z
    .object({
      path: z.array(z.union([z.string(), z.int()])),
      kind: z.enum(['added', 'removed', 'changed']),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      sentence: z.string(),
    })
    .meta({ id: 'PolicyDifference' }),
)

export const checkShape = z.object({
  ok: z.boolean(),
  version: z.string().optional(),
  differences: differencesShape.optional().describe('from the policy in force'),
  problems: problemsShape,
})

export const policyShape = z.object({
  text: z.string().describe('as its author wrote it'),
  document: z.looseObject({}),
  version: z.string().describe('also the ETag'),
  revision: z.int(),
  lacks: z
    .array(z.string())
    .describe(
      'administrative actions of this release that the type `tenant` does not list: nobody can be given them by name',
    ),
})

const flipShape = z
  .object({
    subject: z.string(),
    resource: z.string(),
    gained: z.array(z.string()),
    lost: z.array(z.string()),
  })
  .meta({ id: 'Flip', description: 'What one subject gains and loses on one resource.' })

const sums = { gained: z.int(), lost: z.int() }

export const impactShape = z
  .object({
    ...sums,
    revision: z.int(),
    people: z.int(),
    resources: z.int(),
    byRole: z.array(z.object({ ...sums, type: z.string().optional(), role: z.string() })),
    byResource: z.array(
      z.object({
        ...sums,
        resource: z.string(),
        people: z.int(),
        reading: z
          .object(sums)
          .optional()
          .describe('people who begin to read its messages, and who no longer do; absent: nobody'),
      }),
    ),
    samples: z.array(flipShape),
    live: z
      .object({
        connections: z.int(),
        people: z.int(),
        typing: z.int().describe('of those, who is writing now'),
        named: z
          .array(
            z.object({
              subject: z.string(),
              name: z.string().optional(),
              channels: z.array(z.string()).describe('where they are now'),
              isTyping: z.literal(true).optional(),
            }),
          )
          .describe('some of the people'),
      })
      .describe('who is connected and would notice'),
    flips: z.array(flipShape).optional().describe('if they were asked for'),
    next: z.string().optional(),
  })
  .meta({ id: 'Impact' })
