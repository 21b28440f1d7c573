import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySeed, RESOURCES, SUBJECTS, storyOf } from '../test/stories.ts'
import { world } from '../test/worlds.ts'
import { grantedActions } from './decide.ts'
import type { Question } from './decision.ts'
import type { PolicyDocument } from './document-types.ts'
import { explain } from './explain.ts'
import { explanationText } from './explanation-text.ts'
import { parseInstant } from './instant.ts'
import { instantText } from './instant-text.ts'
import type { ResourceId, Revision, SubjectId } from './names.ts'
import { parseTuple } from './tuple.ts'
import { emptyWorld, foldRights, type World } from './world.ts'

/** Every resource with everybody who holds no role by name there and is granted nothing. */
function hiddenIn(all: World) {
  const isHidden = (subject: SubjectId, resource: ResourceId) =>
    grantedActions(all, subject, resource).length === 0 &&
    all.facts.rolesOf(subject, resource).length === 0
  return RESOURCES.filter(
    (resource) => all.facts.resource(resource) && resource !== all.policy.tenant,
  ).map((resource) => ({
    resource,
    without: foldRights(all, [{ kind: 'remove-resource', resource }], 2 as Revision),
    subjects: SUBJECTS.filter((subject) => isHidden(subject, resource)),
  }))
}

test('[PO154] to the person concerned hidden and missing are the same words', () => {
  let count = 0
  const expectSame = (all: World, without: World, asked: Question) => {
    const explanation = explain(all, asked)
    // A message or context may open what is closed for good.
    if (explanation.verdict === 'granted') return
    count += 1
    expect(explanationText(explanation, 'person')).toEqual(
      explanationText(explain(without, asked), 'person'),
    )
  }
  fc.assert(
    fc.property(anySeed, (seed) => {
      // Who asks in a tenant by name holds a key: what does not exist may be decided for them.
      const { world: all, question: whole } = storyOf(seed)
      const { inTenant: _named, ...question } = whole
      for (const { resource, without, subjects } of hiddenIn(all)) {
        for (const subject of subjects) {
          expectSame(all, without, { ...question, subject, resource })
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(count).toBeGreaterThan(500)
})

test('[PO154] the person concerned reads no names but their own question', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const { world: all, question } = storyOf(seed)
      for (const subject of SUBJECTS) {
        const explanation = explain(all, { ...question, subject })
        const { message, remedy = '', lines } = explanationText(explanation, 'person', 'here')
        expect(lines).toEqual([])
        expect(`${message} ${remedy}`).not.toMatch(/user:|ship:|deck:|crew:|log:|types\.|mate/)
      }
    }),
    { numRuns: 60 },
  )
})

test('[PO155] who runs the place reads the whole path', () => {
  const all = world(['team:lobby#chair@user:ada'])
  const asked = {
    subject: 'user:ada' as SubjectId,
    action: 'publish',
    resource: 'team:lobby' as ResourceId,
  }
  expect(explanationText(explain(all, asked), 'admin')).toEqual({
    message: '`user:ada` may `publish` on `team:lobby`: `chair` on `team:lobby` allows it',
    lines: [
      '`user:ada` has `chair` on `team:lobby`',
      '`chair` has what `speaker` has',
      '`speaker` on `team:lobby` allows `publish` (types.team.roles.speaker.can)',
    ],
  })
  expect(
    explanationText(explain(all, { ...asked, subject: 'user:ben' as SubjectId }), 'admin'),
  ).toEqual({
    message: '`user:ben` may not `publish` on `team:lobby`: nothing grants it',
    lines: [],
    remedy: 'give `speaker` on `team:lobby` to `user:ben`',
  })
})

test('[PO156] an instant is written as it is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (atMs) => {
      expect(parseInstant(instantText(atMs))).toBe(atMs)
    }),
  )
  expect(instantText(1_772_355_600_000)).toBe('2026-03-01T09:00:00Z')
  expect(instantText(951_782_400_001)).toBe('2000-02-29T00:00:00.001Z')
})

test('[PO157] a rule speaks for itself to who knows of the place, and to nobody else', () => {
  const document: PolicyDocument = {
    version: 1,
    tenant: { key: 'acme', roles: {} },
    types: {
      deck: {
        actions: ['walk', 'paint'],
        roles: { walker: { can: ['walk'] }, banned: {} },
        rules: [
          { forbid: '*', to: ['banned'], message: 'you were asked to stay below' },
          { forbid: 'paint', message: 'the paint is wet' },
        ],
      },
    },
  }
  const all = foldRights(
    emptyWorld,
    [
      { kind: 'put-policy', document, text: '' },
      { kind: 'put-resource', resource: 'deck:top' as ResourceId, attributes: {} },
      { kind: 'assign', tuple: parseTuple('deck:top#walker@user:ada') },
      { kind: 'assign', tuple: parseTuple('deck:top#banned@user:ben') },
    ],
    1 as Revision,
  )
  const read = (subject: string) => {
    const asked = { subject: subject as SubjectId, resource: 'deck:top' as ResourceId }
    return explanationText(explain(all, { ...asked, action: 'paint' }), 'person').message
  }
  expect(read('user:ada')).toBe('the paint is wet')
  expect(read('user:ben')).toBe('you were asked to stay below')
  expect(read('user:cy')).toBe('`paint` on `deck:top` is not allowed')
})

test('[PO155] who runs the place reads who gave it, why, and until when', () => {
  const tuple = parseTuple('team:lobby#listener@user:ada')
  const grant = { by: 'user:ben' as SubjectId, reason: 'a visit', expiresAtMs: 86_400_000 }
  const all = foldRights(
    world(['team:lobby']),
    [{ kind: 'assign', tuple, ...grant }],
    8 as Revision,
  )
  const asked = { subject: tuple.subject as SubjectId, resource: tuple.resource, action: 'history' }
  expect(explanationText(explain(all, asked), 'admin').lines).toEqual([
    '`user:ada` has `listener` on `team:lobby`, given by `user:ben`, until 1970-01-02T00:00:00Z, because: `a visit`',
    '`listener` on `team:lobby` allows `history` (types.team.roles.listener.can)',
    'time alone may turn it at 1970-01-02T00:00:00Z',
  ])
})
