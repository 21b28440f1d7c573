import { expect, test } from 'vitest'
import { differences } from './diff.ts'
import { linkedMessage, messageOf } from './message-link.ts'

test('roles that came and went are said by where they are held', () => {
  const before = { 'dock:a@user:ann': ['sailor'], 'dock:b@user:ann': [], same: 1 }
  const after = { 'dock:a@user:ann': ['sailor', 'pilot'], 'dock:b@user:ann': null, same: 1 }
  expect(differences(before, after)).toEqual([
    { path: 'dock:a@user:ann', before: 'sailor', after: 'sailor, pilot' },
    { path: 'dock:b@user:ann', before: '–' },
  ])
})

test('what is deeper is named by its path, what is new or gone has one side', () => {
  expect(differences({ a: { b: 1 } }, { a: { b: 2, c: 'x' } })).toEqual([
    { path: 'a.b', before: '1', after: '2' },
    { path: 'a.c', after: 'x' },
  ])
  expect(differences(undefined, { title: 'Lobby' })).toEqual([{ path: 'title', after: 'Lobby' }])
  expect(differences('one', undefined)).toEqual([{ path: '', before: 'one' }])
  expect(differences({}, {})).toEqual([])
})

test('a message is found in a link of the chat, and in the target of a line', () => {
  const serial = '01734567890123-000@site:000'
  expect(linkedMessage(`https://x.example/chat/general?at=${encodeURIComponent(serial)}`)).toEqual({
    name: 'general',
    serial,
  })
  expect(linkedMessage(`chat:general/${serial}`)).toEqual({ name: 'chat:general', serial })
  expect(linkedMessage('https://x.example/chat/general')).toBeUndefined()
  expect(messageOf(`a/b/${serial}`)).toEqual({ name: 'a/b', serial })
  expect(messageOf('channel:general#host@user:ada')).toBeUndefined()
})
