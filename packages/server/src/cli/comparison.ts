// Two policies side by side: what differs in words, and what a server says it would do to everybody.

import { diffPolicies, type PolicyDifference, type PolicyDocument } from '@sayso/policy'
import { versionOf } from '../policy-version.ts'
import { parsedPolicy, type TextFile } from './documents.ts'
import { impactText } from './impact-text.ts'
import { readPolicy, type Server, type ServerImpact, tryPolicy } from './server-calls.ts'
import { Trouble } from './trouble.ts'

export type Side = {
  /** The file, or the address of the server. */
  readonly source: string
  readonly text: string
  readonly document: PolicyDocument
  readonly version: string
  /** Of the server's. */
  readonly revision?: number
}

export type Comparison = {
  readonly before: Side
  readonly after: Side
  readonly differences: readonly PolicyDifference[]
  readonly impact?: ServerImpact
}

export function sideOf({ file, text, document }: TextFile & { document: PolicyDocument }): Side {
  return { source: file, text, document, version: versionOf(document) }
}

export function compare(before: Side, after: Side): Comparison {
  return { before, after, differences: diffPolicies(before.document, after.document) }
}

/**
 * Compares with the policy a server has in force. The impact is asked for only if something differs, or if `always`.
 *
 * @throws {Trouble}
 */
export async function compareWithServer(
  server: Server,
  after: Side,
  always: boolean,
): Promise<Comparison> {
  const comparison = compare(await inForce(server), after)
  if (comparison.differences.length === 0 && !always) return comparison
  return {
    ...comparison,
    impact: await tryPolicy(server, { file: after.source, text: after.text }),
  }
}

async function inForce(server: Server): Promise<Side> {
  const { text, version, revision } = await readPolicy(server)
  const parsed = parsedPolicy(text)
  if ('document' in parsed) {
    return { source: server.url, text, document: parsed.document, version, revision }
  }
  throw new Trouble(
    'this `sayso` does not understand the policy of the server',
    'use the one that came with the server',
    { code: 'policy_unknown', invalid: { file: server.url, problems: parsed.problems } },
  )
}

/** The comparison in lines. */
export function comparisonText({
  before,
  after,
  differences,
  impact,
}: Comparison): readonly string[] {
  const from =
    before.revision === undefined ? before.source : `${before.source} (revision ${before.revision})`
  return [
    `${from} → ${after.source}:`,
    ...(differences.length === 0
      ? ['  no difference']
      : differences.map(({ sentence }) => `  ${sentence}`)),
    ...(impact === undefined ? [] : impactText(impact)),
  ]
}

/** The comparison for programs. */
export function comparisonJson({ before, after, differences, impact }: Comparison) {
  const named = ({ source, version, revision }: Side) => ({ source, version, revision })
  return {
    equal: differences.length === 0,
    before: named(before),
    after: named(after),
    differences,
    impact,
  }
}
