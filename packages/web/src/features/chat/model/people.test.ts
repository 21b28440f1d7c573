import type { MoveView, PeopleView, RoleView } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import { groupsOf, hereCount, inPlaceOf } from './people.ts'
import { roleOf } from './role-of.ts'

const role = (name: string, on = 'channel:lobby'): RoleView => ({ role: name, on, title: name })
const person = (
  id: string,
  roles: RoleView[],
  moves: MoveView[] = [],
): PeopleView['people'][number] => ({
  id,
  name: id,
  roles,
  moves,
})
const base = role('base', 'tenant:x')
const titles = (people: PeopleView['people'], here: string[] = []) =>
  groupsOf(people, new Set(here), 'me').map((group) => group.role?.title)

describe('people', () => {
  test('each person stands under the strongest role, the stronger group first', () => {
    const people = [
      person('ada', [role('talker'), base]),
      person('bo', [role('warden'), role('talker')]),
      person('cy', [base]),
      person('di', [role('talker'), base]),
    ]
    expect(titles(people)).toEqual(['warden', 'talker', 'base'])
  })

  test('a promotion leads up, so it tells which is stronger', () => {
    const up: MoveView = { command: 'promote', allowed: true, to: role('warden'), effect: '' }
    const people = [
      person('ada', [role('talker')], [up]),
      person('bo', [role('warden')]),
      person('cy', [role('warden')]),
    ]
    expect(titles(people)).toEqual(['warden', 'talker'])
  })

  test('what cannot be compared is ordered by rarity', () => {
    const people = [
      person('a', [role('many')]),
      person('b', [role('many')]),
      person('c', [role('few', 'tenant:x')]),
    ]
    expect(titles(people)).toEqual(['few', 'many'])
  })

  test('a role on the whole tenant that outranks one on the channel comes first', () => {
    const people = [
      person('a', [role('warden')]),
      person(
        'b',
        [role('chief', 'tenant:x'), role('talker')],
        [{ command: 'promote', allowed: true, to: role('warden'), effect: '' }],
      ),
      person('c', [role('talker'), base]),
      person('d', [role('talker'), base]),
    ]
    expect(titles(people)).toEqual(['chief', 'warden', 'talker'])
  })

  test('a circle ends, and nobody is lost', () => {
    const people = [person('a', [role('x'), role('y')]), person('b', [role('y'), role('x')])]
    expect(groupsOf(people, new Set(), '').flatMap((group) => group.people)).toHaveLength(2)
  })

  test('who is here comes first, then by name; the reader is marked', () => {
    const people = [person('cy', [base]), person('me', [base]), person('bo', [base])]
    const [group] = groupsOf(people, new Set(['me', 'cy']), 'me')
    expect(group?.people.map((one) => [one.id, one.isHere, one.isMe])).toEqual([
      ['cy', true, false],
      ['me', true, true],
      ['bo', false, false],
    ])
  })

  test('someone who is here without being of the tenant is still shown, last', () => {
    const groups = groupsOf([person('ada', [base])], new Set(['probe']), 'me')
    expect(groups.at(-1)).toMatchObject({
      role: undefined,
      people: [{ id: 'probe', isHere: true }],
    })
    expect(hereCount([person('ada', [base])], new Set(['probe']))).toBe(0)
  })

  test('while held, everybody stays in place and is up to date', () => {
    const before = groupsOf(
      [person('ada', [role('talker')]), person('bo', [base])],
      new Set(),
      'me',
    )
    const now = groupsOf(
      [person('ada', [role('warden')]), person('cy', [base])],
      new Set(['ada']),
      'me',
    )
    const held = inPlaceOf(before, now)
    expect(held.map((group) => group.key)).toEqual(before.map((group) => group.key))
    expect(held.flatMap((group) => group.people).find((one) => one.id === 'ada')).toMatchObject({
      isHere: true,
      roles: [{ role: 'warden' }],
    })
    expect(
      held
        .flatMap((group) => group.people)
        .map((one) => one.id)
        .sort(),
    ).toEqual(['ada', 'bo'])
  })

  test('the role beside a name', () => {
    expect(roleOf([person('ada', [role('talker'), base])], 'ada')?.title).toBe('talker')
    expect(roleOf([], 'ada')).toBeUndefined()
  })
})
