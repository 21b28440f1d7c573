// Makes the facts say of the people of the users file what it says: in one entry, so that open sessions are decided once.

import { isDeepStrictEqual } from 'node:util'
import type { Attributes, RightsChange, SubjectId, World } from '@sayso/policy'
import type { NewRecord } from '@sayso/store'
import type { Context } from '../context.ts'
import type { FilePerson } from '../people/users-file/read-users-file.ts'
import { decideAndCommit } from './decide-and-commit.ts'

/** What was taken from the file for one person. */
export type FileMark = {
  /** The attributes that came from it. */
  readonly attributes: readonly string[]
  /** Tells a changed password from an unchanged one, and nothing else. */
  readonly password: string
}

export const FILE_MARKS = 'users-file'

export type SyncFilePeople = {
  readonly people: readonly (FilePerson & { readonly mark: string })[]
  /** What was taken from the file before, by id. */
  readonly before: ReadonlyMap<string, FileMark>
}

/**
 * Puts what the file says of each person in place of what it said before. Attributes that others gave stay; what came
 * from the file goes with it, but for the name, by which earlier messages are known.
 *
 * @throws {Failure} `busy`, `store_unavailable`
 */
export async function syncFilePeople(context: Context, input: SyncFilePeople): Promise<void> {
  const records = recordsOf(input)
  if (changesOf(context.standing.world, input).length + records.length === 0) return
  await decideAndCommit(context, (world) => {
    const changes = changesOf(world, input)
    const command = 'read-users-file'
    return {
      entries: changes.length === 0 ? [] : [{ kind: 'rights', changes, cause: { command } }],
      records,
      audit: { command, actor: 'server', target: `${input.people.length} people` },
    }
  })
}

function changesOf(world: World, { people, before }: SyncFilePeople): RightsChange[] {
  const listed = new Set(people.map(({ id }) => id))
  const put = people.map((person) => attributesIn(world, person, before.get(person.id)))
  const gone = [...before]
    .filter(([id]) => !listed.has(id))
    .map(([id, mark]) => {
      const left = mark.attributes.filter((name) => name !== 'name')
      return { subject: subjectOf(id), attributes: without(known(world, id), left) }
    })
  return [...put, ...gone]
    .filter(({ subject, attributes }) => {
      return !isDeepStrictEqual(world.facts.person(subject), attributes)
    })
    .map((each) => ({ kind: 'put-person', ...each }))
}

function attributesIn(world: World, person: FilePerson, mark: FileMark | undefined) {
  const kept = without(known(world, person.id), mark?.attributes ?? [])
  return { subject: subjectOf(person.id), attributes: { ...kept, ...said(person) } }
}

function said({ name, email, serverData, clientData }: FilePerson): Attributes {
  return {
    ...serverData,
    name,
    verified: true,
    ...(email === undefined ? {} : { email }),
    ...(clientData === undefined ? {} : { clientData }),
  }
}

function recordsOf({ people, before }: SyncFilePeople): NewRecord[] {
  const collection = FILE_MARKS
  const put = people.flatMap((person): NewRecord[] => {
    const value: FileMark = {
      attributes: Object.keys(said(person)).sort(),
      password: person.mark,
    }
    return isDeepStrictEqual(before.get(person.id), value)
      ? []
      : [{ collection, key: person.id, value }]
  })
  const listed = new Set(people.map(({ id }) => id))
  const gone = [...before.keys()]
    .filter((id) => !listed.has(id))
    .map((key): NewRecord => ({ collection, key, value: undefined }))
  return [...put, ...gone]
}

function known(world: World, id: string): Attributes {
  return world.facts.person(subjectOf(id)) ?? {}
}

function without(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)))
}

function subjectOf(id: string): SubjectId {
  return `user:${id}` as SubjectId
}
