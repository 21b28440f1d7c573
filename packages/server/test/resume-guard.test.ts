// Where a resume may start: never before a time without the right.

import type { ChannelName, PolicyDocument, RightsChange, World } from '@sayso/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResumeGuard } from '../src/resume-guard.ts'
import { assign, FIRST, harbour, step, tokenFor, unassign, worldOf } from './worlds.ts'

const NORTH = 'dock:north' as ChannelName
const BRIDGE = 'dock:bridge' as ChannelName
const ADA = 'user:ada'
/** Serials sort as text; entry n of a test stands at `s00n`. */
const at = (position: number) => `s${String(position).padStart(3, '0')}`

/** A guard that has folded one entry after the other, the first at `s001`. */
function folded(world: World, ...entries: readonly (readonly RightsChange[])[]) {
  const guard = new ResumeGuard(at(0))
  let now = world
  for (const [index, changes] of entries.entries()) {
    const { before, after, touched } = step(now, ...changes)
    guard.fold(before, after, touched, at(index + 1))
    now = after
  }
  return {
    world: now,
    allows: (position: number, channel = NORTH, who = tokenFor(ADA)) =>
      guard.allows(now, who, channel, at(position)),
  }
}

const reads = assign(`dock:north#watcher@${ADA}`)
const leaves = unassign(`dock:north#watcher@${ADA}`)

describe('a resume', () => {
  test('goes on across changes that move none of the reader’s rights', () => {
    const { allows } = folded(
      worldOf(reads),
      [assign('dock:north#watcher@user:bob')],
      [assign(`dock:bridge#watcher@${ADA}`)],
      [assign(`dock:north#sailor@${ADA}`)],
    )
    expect(allows(0)).toBe(true)
  })

  test('never crosses a time in which the right was gone', () => {
    const { allows } = folded(worldOf(reads), [leaves], [], [reads], [])
    expect([0, 1, 2].map((position) => allows(position))).toEqual([false, false, false])
    expect([3, 4].map((position) => allows(position))).toEqual([true, true])
  })

  test('never starts before the first gain', () => {
    const { allows } = folded(worldOf(), [reads])
    expect(allows(0)).toBe(false)
    expect(allows(1)).toBe(true)
  })

  test('is judged for each channel and each person alone', () => {
    const { allows } = folded(
      worldOf(reads, assign(`dock:bridge#watcher@${ADA}`), assign('dock:north#watcher@user:bob')),
      [leaves],
      [reads],
    )
    expect(allows(0)).toBe(false)
    expect(allows(0, BRIDGE)).toBe(true)
    expect(allows(0, NORTH, tokenFor('user:bob'))).toBe(true)
  })

  test('is stopped on every channel by a change on the tenant, for that person', () => {
    const { allows } = folded(worldOf(reads), [assign(`tenant:harbour#master@${ADA}`)])
    expect(allows(0)).toBe(false)
    expect(allows(0, BRIDGE)).toBe(false)
    expect(allows(1)).toBe(true)
    expect(allows(0, NORTH, tokenFor('user:bob'))).toBe(true)
  })

  test('is stopped for everybody by another policy, or another key', () => {
    const document: PolicyDocument = { ...harbour, tenant: { ...harbour.tenant, title: 'New' } }
    for (const change of [
      { kind: 'put-policy', document, text: '' },
      { kind: 'remove-key', key: FIRST },
    ] as const) {
      const { allows } = folded(worldOf(reads), [change])
      expect(allows(0)).toBe(false)
      expect(allows(0, NORTH, tokenFor('user:bob'))).toBe(false)
    }
  })

  test('of a visitor without an identity goes by the visitors’ rights', () => {
    const visitors = 'dock:north#watcher@anonymous:'
    const { allows } = folded(worldOf(assign(visitors)), [unassign(visitors)], [assign(visitors)])
    expect(allows(0, NORTH, tokenFor())).toBe(false)
    expect(allows(2, NORTH, tokenFor())).toBe(true)
  })

  test('from before this process takes the right to read history', () => {
    const guard = new ResumeGuard(at(5))
    const world = worldOf(reads)
    expect(guard.allows(world, tokenFor(ADA), NORTH, at(4))).toBe(true)
    expect(guard.allows(world, tokenFor('user:bob'), NORTH, at(4))).toBe(false)
    expect(guard.allows(world, tokenFor('user:bob'), NORTH, at(5))).toBe(true)
    expect(guard.allows(world, { kind: 'key', key: FIRST }, NORTH, at(1))).toBe(true)
  })

  test('is no freer when more is forgotten than can be remembered', () => {
    const guard = new ResumeGuard(at(0))
    const first = step(worldOf(), reads)
    guard.fold(first.before, first.after, first.touched, at(1))
    // Everybody gains something until the memory is full, and Ada's gain is forgotten with the rest.
    const subjects = new Set(Array.from({ length: 20_001 }, (_, index) => `user:${index}` as never))
    const crowd = { parts: [{ subjects, resources: 'all' }], keys: 'none' } as const
    guard.fold(first.after, first.after, crowd, at(2))
    guard.fold(first.after, first.after, { ...crowd, parts: [] }, at(3))
    const { after } = step(first.after, leaves)
    expect(guard.allows(after, tokenFor(ADA), NORTH, at(1))).toBe(false)
    expect(guard.allows(after, tokenFor(ADA), NORTH, at(3))).toBe(true)
  })
})

test('a resume is allowed exactly if the right was there all the time since', () => {
  const change = fc
    .record({
      gives: fc.boolean(),
      subject: fc.constantFrom(ADA, 'user:bob'),
      dock: fc.constantFrom('north', 'bridge'),
      role: fc.constantFrom('watcher', 'sailor', 'pilot'),
    })
    .map(({ gives, subject, dock, role }) => {
      const tuple = `dock:${dock}#${role}@${subject}`
      return gives ? assign(tuple) : unassign(tuple)
    })
  fc.assert(
    fc.property(
      fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
      (entries) => {
        const guard = new ResumeGuard(at(0))
        let world = worldOf()
        const mayRead = (now: World) => now.facts.rolesOf(ADA as never, NORTH as never).length > 0
        const history = [mayRead(world)]
        for (const [index, changes] of entries.entries()) {
          const { before, after, touched } = step(world, ...changes)
          guard.fold(before, after, touched, at(index + 1))
          world = after
          history.push(mayRead(world))
        }
        if (history.at(-1) !== true) return
        for (let from = 0; from < history.length; from += 1) {
          const always = history.slice(from).every(Boolean)
          expect(guard.allows(world, tokenFor(ADA), NORTH, at(from))).toBe(always)
        }
      },
    ),
    { numRuns: 300 },
  )
})
