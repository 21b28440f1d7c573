import { expect, test } from 'vitest'
import { refusalsHref, ruleDecisionsHref } from './decisions-address.ts'

const span = { from: '2027-01-01T00:00:00.000Z', to: '2027-02-01T00:00:00.000Z' }

test('a rule leads to what it decided; one without an id, as it is in the version in force', () => {
  const inForce = [{ id: 'muted' }, { forbid: 'publish' } as object]
  const of = { type: 'channel', inForce, version: 'v7', query: { app: 'shop', q: 'x' } }
  expect(ruleDecisionsHref({ ...of, rule: { id: 'muted' } })).toBe(
    '/admin/decisions?app=shop&by=types.channel.rules.muted',
  )
  expect(ruleDecisionsHref({ ...of, rule: { ...inForce[1] } })).toBe(
    '/admin/decisions?app=shop&by=types.channel.rules%5B1%5D&policy=v7',
  )
  expect(ruleDecisionsHref({ ...of, rule: { forbid: 'history' } as object })).toBeUndefined()
})

test('a row of refusals leads to those it counts, in its span', () => {
  const row = { action: 'publish', rule: '', reason: 'never_granted', tenant: 'tenant:default' }
  const query = new URL(refusalsHref(row, span, {}), 'http://here').searchParams
  expect(Object.fromEntries(query)).toEqual({
    verdict: 'deny',
    action: 'publish',
    reason: 'never_granted',
    of: 'tenant:default',
    from: '2027-01-01T00:00:00.000Z',
    to: '2027-01-31T23:59:59.999Z',
  })
})
