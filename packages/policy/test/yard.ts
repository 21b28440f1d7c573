// A shipyard: docks within yards, crews as sets, rules of every kind. Worlds over it are told in short texts.

import type { RightsChange } from '../src/change.ts'
import type { PolicyDocument } from '../src/document-types.ts'
import type { Attributes, ResourceId, Revision, SubjectId } from '../src/names.ts'
import { isSubjectSet, parseRelation, parseTuple } from '../src/tuple.ts'
import { emptyWorld, foldRights, type World } from '../src/world.ts'
import { key } from './worlds.ts'

export const yard: PolicyDocument = {
  version: 1,
  tenant: { key: 'acme', roles: { owner: { can: { dock: ['*'] } }, guard: {} } },
  types: {
    yard: {
      actions: ['enter'],
      relations: { within: ['yard'] },
      roles: {
        warden: { can: ['enter'], from: [{ role: 'warden', via: 'within' }] },
        hand: { extends: ['visitor'] },
        visitor: {},
      },
    },
    crew: { actions: [], roles: { member: {}, mate: { extends: ['member'] } } },
    dock: {
      channels: 'dock:{key}',
      actions: ['subscribe', 'publish', 'history', 'load'],
      attributes: { closed: 'bool' },
      relations: { part: ['yard', 'tenant'], twin: ['dock'] },
      roles: {
        master: { extends: ['docker'], can: ['load'], from: [{ role: 'warden', via: 'part' }] },
        docker: {
          can: ['subscribe', 'publish'],
          from: [
            { role: 'hand', via: 'part', when: '!resource.closed', except_direct: true },
            { role: 'guard', via: 'part' },
          ],
        },
        watcher: { can: ['subscribe', 'history'], from: [{ role: 'watcher', via: 'twin' }] },
        barred: {},
      },
      rules: [
        { id: 'bar', forbid: '*', to: ['barred'], unless: ['master'], message: 'You are barred.' },
        { forbid: 'load', when: 'resource.storm == true' },
        { require: 'publish', when: 'size(message.after.data.text) < 9', unless: ['tenant#owner'] },
        { allow: 'history', when: 'subject.pass == "gold"' },
        { allow: 'load', when: 'context.crane' },
        {
          forbid: 'history',
          to: ['watcher'],
          from: '1970-01-01T00:00:01Z',
          until: '1970-01-01T00:00:02Z',
        },
        { forbid: 'receive', when: 'message.after.name == "secret"', unless: ['master'] },
        { require: 'receive', to: ['watcher'], when: 'message.after.headers.lang == subject.lang' },
      ],
      messages: {
        note: { fields: { text: { type: 'string', max_length: 20 } } },
        secret: { fields: {} },
      },
    },
    park: {
      actions: ['walk', 'mow'],
      default: 'allow',
      roles: { gardener: {} },
      rules: [{ forbid: 'mow', unless: ['gardener'] }],
    },
  },
}

const none = {}

/** The changes that some texts stand for: `dock:a`, `dock:a#docker@user:ada`, `dock:a#part@yard:one`. */
export function told(...texts: readonly string[]): RightsChange[] {
  return texts.flatMap((text): RightsChange[] => {
    if (text.startsWith('user:')) return [person(text, none)]
    if (!text.includes('#')) return [resource(text, none)]
    const who = text.slice(text.indexOf('@') + 1)
    if (/^(?:yard|dock|crew|tenant):[^#]*$/.test(who)) {
      return [{ kind: 'relate', ...parseRelation(text) }]
    }
    const tuple = parseTuple(text)
    const known = isSubjectSet(tuple.subject) ? [] : [person(tuple.subject, none)]
    return [...known, { kind: 'assign', tuple }]
  })
}

export const resource = (id: string, attributes: Attributes): RightsChange => ({
  kind: 'put-resource',
  resource: id as ResourceId,
  attributes,
})
export const person = (id: string, attributes: Attributes): RightsChange => ({
  kind: 'put-person',
  subject: id as SubjectId,
  attributes,
})

/** A world over the yard with docks `a` and `b`, yard `one` and a park. */
export function worldOf(...changes: readonly (string | RightsChange)[]): World {
  const all = changes.flatMap((each) => (typeof each === 'string' ? told(each) : each))
  return foldRights(
    emptyWorld,
    [
      { kind: 'put-policy', document: yard, text: '' },
      { kind: 'put-key', key: key('k') },
      ...told('dock:a', 'dock:b', 'yard:one', 'park:green'),
      ...all,
    ],
    1 as Revision,
  )
}

export const later = (world: World, ...changes: readonly (string | RightsChange)[]): World =>
  foldRights(
    world,
    changes.flatMap((each) => (typeof each === 'string' ? told(each) : each)),
    (world.revision + 1) as Revision,
  )
