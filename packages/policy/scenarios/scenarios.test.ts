// Runs every scenario of this folder against the core. Other doors (REST, a socket, the client) run the same files.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseCapability } from '../src/capability.ts'
import { parsePolicy } from '../src/document/index.ts'
import type {
  Credential,
  KeyId,
  KeyRecord,
  ResourceId,
  RightsChange,
  SubjectId,
} from '../src/index.ts'
import {
  authorize,
  decide,
  emptyWorld,
  foldRights,
  parseTuple,
  type Revision,
  typeOf,
} from '../src/index.ts'
import { key as record } from '../test/worlds.ts'

type Expectation = {
  readonly can?: string[]
  readonly cannot?: string[]
  readonly because?: string
}
type Assertion = Expectation &
  (
    | { readonly subject: SubjectId; readonly on: ResourceId }
    | { readonly key: KeyId; readonly channel: string }
    | {
        readonly token: { key: KeyId; capability: unknown; subject?: SubjectId }
        readonly channel: string
      }
  )
type Scenario = {
  readonly name: string
  readonly policy: unknown
  readonly resources?: ResourceId[]
  readonly tuples?: string[]
  readonly keys?: Record<string, { capability: unknown; mayDelegate?: unknown }>
  readonly assertions: Assertion[]
  readonly matrix?: { operation: string; rows: Record<string, string[]> }
}

function changesOf(scenario: Scenario): RightsChange[] {
  const tuples = (scenario.tuples ?? []).map(parseTuple)
  const resources = new Set([
    ...(scenario.resources ?? []),
    ...tuples.map(({ resource }) => resource),
  ])
  const keys = Object.entries(scenario.keys ?? {}).map(([id, { capability, mayDelegate }]) =>
    record(id, {
      capability: parseCapability(capability),
      ...(mayDelegate !== undefined && { mayDelegate: parseCapability(mayDelegate) }),
    } satisfies Partial<KeyRecord>),
  )
  return [
    { kind: 'put-policy', document: parsePolicy(JSON.stringify(scenario.policy)), text: '' },
    ...[...resources]
      .filter((resource) => typeOf(resource) !== 'tenant')
      .map((resource): RightsChange => ({ kind: 'put-resource', resource, attributes: {} })),
    ...tuples.map((tuple): RightsChange => ({ kind: 'assign', tuple })),
    ...keys.map((key): RightsChange => ({ kind: 'put-key', key })),
  ]
}

function credentialOf(assertion: Exclude<Assertion, { on: ResourceId }>): Credential {
  if ('key' in assertion) return { kind: 'key', key: assertion.key }
  const { capability, ...token } = assertion.token
  return { kind: 'token', ...token, capability: parseCapability(capability) }
}

const folder = new URL('.', import.meta.url)
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const scenario = parse(readFileSync(new URL(file, folder), 'utf8')) as Scenario
  const world = foldRights(emptyWorld, changesOf(scenario), 1 as Revision)
  const ask = (assertion: Assertion, action: string) =>
    'on' in assertion
      ? decide(world, { subject: assertion.subject, action, resource: assertion.on })
      : authorize(world, credentialOf(assertion), action, assertion.channel)

  describe(`[PO52] ${scenario.name}`, () => {
    test.each(scenario.assertions)('[PO52] %j', (assertion) => {
      for (const action of assertion.can ?? []) {
        expect([action, ask(assertion, action).allowed]).toEqual([action, true])
      }
      for (const action of assertion.cannot ?? []) {
        const decision = ask(assertion, action)
        expect([action, decision.allowed]).toEqual([action, false])
        if (assertion.because)
          expect(decision.reasons.map(({ kind }) => kind)).toContain(assertion.because)
      }
    })
    const { operation = '', rows = {} } = scenario.matrix ?? {}
    test.each(Object.entries(rows))('[PO52] `%s`', (channel, expected) => {
      const covering = Object.keys(scenario.keys ?? {}).filter(
        (key) => authorize(world, { kind: 'key', key: key as KeyId }, operation, channel).allowed,
      )
      expect(covering).toEqual(expected)
    })
  })
}
