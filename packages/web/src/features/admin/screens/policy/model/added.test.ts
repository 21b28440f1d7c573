// Changes other screens ask for, as they stand in an address and as edits of the document.

import { expect, test } from 'vitest'
import { addedEdits, addedIn, addedText } from './added.ts'
import { read } from './document.ts'

const reading = read(`version: 1
tenant: { key: t, roles: { admin: { can: { channel: ['*'] } } } }
types:
  channel:
    actions: [read, write, pin]
    roles:
      viewer: { can: [read] }
      writer: { extends: [viewer], can: [write] }
      muted: {}
    rules:
      - { id: quiet, forbid: write, when: 'resource.quiet' }
`)
const document = reading.isRead ? reading.document : undefined
const edits = (text: string) => {
  const added = addedIn(text)
  if (document === undefined || added === undefined) throw new Error(text)
  return addedEdits(document, 'channel', added)
}

test('what is said comes back from an address', () => {
  for (const text of ['allow/writer/pin', 'take/tenant#admin/read', 'spare/writer/quiet'])
    expect(addedText(addedIn(text) as never)).toBe(text)
  for (const text of [undefined, '', 'allow', 'allow/writer', 'grant/writer/pin', 'allow/a/b/c'])
    expect(addedIn(text)).toBeUndefined()
})

test('a role is given an action, and nothing where it has it', () => {
  expect(edits('allow/writer/pin')).toEqual([
    { path: ['types', 'channel', 'roles', 'writer', 'can', 1], value: 'pin' },
  ])
  expect(edits('allow/writer/read')).toEqual([])
})

test('a role loses what it was given; what comes from another is forbidden to it', () => {
  expect(edits('take/viewer/read')).toEqual([
    { path: ['types', 'channel', 'roles', 'viewer', 'can'], value: [] },
  ])
  expect(edits('take/writer/read')[0]?.value).toMatchObject({ forbid: ['read'], to: ['writer'] })
})

test('a role is spared from a rule, once', () => {
  expect(edits('spare/writer/quiet')).toEqual([
    { path: ['types', 'channel', 'rules', 0, 'unless'], value: ['writer'] },
  ])
  expect(edits('spare/writer/none')).toEqual([])
})
