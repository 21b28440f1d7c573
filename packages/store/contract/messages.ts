// ST10–ST18, ST72: what a message is when it has been committed, and what edits make of it.

import type { NewMessage } from '@sayso/channel'
import { describe, expect, test } from 'vitest'
import { StaleVersion, UnknownMessage } from '../src/errors.ts'
import {
  amend,
  attic,
  commit,
  everything,
  history,
  lobby,
  messagesOf,
  type Open,
  publish,
  serialOf,
} from './builders.ts'
import { opener, SITE } from './harness.ts'

export function messagesContract(open: Open): void {
  const fresh = opener(open)

  describe('messages', () => {
    test('[ST10] a message gets its place, its time and its publisher', async () => {
      const { store } = await fresh(1_000)
      const entry = publish([{ name: 'n', data: 'd', clientId: 'ada' }, { data: 'e' }], {
        connectionId: 'c1',
      })
      const { entries } = await commit(store, entry)
      const serial = `00000000001000-000@${SITE}`
      const common = { timestampMs: 1_000, action: 'create', connectionId: 'c1' }
      expect(entries).toEqual([
        {
          kind: 'message',
          revision: 1,
          serial,
          atMs: 1_000,
          channel: lobby,
          connectionId: 'c1',
          id: serial,
          messages: [
            {
              id: `${serial}:0`,
              name: 'n',
              data: 'd',
              clientId: 'ada',
              serial: `${serial}:000`,
              ...common,
            },
            { id: `${serial}:1`, data: 'e', serial: `${serial}:001`, ...common },
          ],
        },
      ])
      expect((await history(store)).messages).toEqual(messagesOf(entries))
    })

    test('[ST11] an id is the message’s own, else made of the base, else of the serial', async () => {
      const { store } = await fresh()
      const { entries } = await commit(store, [
        publish([{ id: 'own' }, {}], { idBase: 'conn:7' }),
        publish([{ id: 'b:0' }, { id: 'b:1' }]),
        publish([{ id: 'single' }]),
        publish([{}]),
      ])
      const last = entries.at(-1)?.serial
      expect(messagesOf(entries).map(({ id }) => id)).toEqual([
        'own',
        'conn:7:1',
        'b:0',
        'b:1',
        'single',
        `${last}:0`,
      ])
      const ids = entries.map((entry) => entry.kind === 'message' && entry.id)
      expect(ids).toEqual(['conn:7', 'b', 'single', last])
    })

    const payloads: Record<string, NewMessage> = {
      'no data': { name: 'n' },
      'empty text': { data: '' },
      'text with NUL': { data: 'a\u0000b', name: '\u0000', clientId: 'c\u0000' },
      'lone surrogates': { data: '\ud800 \udc00', name: '\udfff', extras: { '\ud800': '\udbff' } },
      'all of Unicode': { data: '🜂 é \u2028 \u2029 \ufeff \uffff "\\' },
      bytes: { data: new Uint8Array([0, 1, 128, 255]), encoding: 'cipher' },
      'no bytes': { data: new Uint8Array() },
      'a member called __proto__': {
        extras: JSON.parse('{"__proto__": {"a": 1}, "b": [{"__proto__": 2}]}'),
      },
      'bytes inside extras': {
        extras: { a: [new Uint8Array([1, 2])], b: { c: new Uint8Array() } },
      },
      'members that look like marks': {
        extras: { '~bytes': 'AQI=', '~~': { '~bytes': ['x'] }, '~': 1 },
      },
      'JSON of all kinds': { extras: { a: null, b: [1, -2.5, 1e300, true, 'x', {}], c: {} } },
    }
    for (const [what, payload] of Object.entries(payloads)) {
      test(`[ST12] ${what} survives: told, remembered and edited`, async () => {
        const { store, reopen } = await fresh()
        const told = await commit(store, publish([payload]))
        const edited = await commit(
          store,
          amend({ ...payload, serial: serialOf(told), action: 'update' }),
        )
        const readers = reopen ? [store, await reopen()] : [store]
        for (const reader of readers.slice(-1)) {
          const [message] = messagesOf(told.entries)
          expect(message).toMatchObject(payload)
          const page = await reader.versions(lobby, serialOf(told), everything)
          expect(page).toEqual([message, ...messagesOf(edited.entries)])
          expect(page[1]).toMatchObject(payload)
          const { entries } = (await reader.since({
            channel: lobby,
            serial: `00000000000000-000@${SITE}`,
            limit: 10,
            upTo: everything,
          })) as { entries: typeof told.entries }
          expect(entries).toEqual([...told.entries, ...edited.entries])
          expect(Object.keys(page[0]?.extras ?? {})).toEqual(Object.keys(payload.extras ?? {}))
        }
      })
    }

    test('[ST12] names that differ only in what UTF-8 cannot hold are different channels', async () => {
      const { store } = await fresh()
      const names = ['\ud800', '\ud801', 'a\u0000', 'a', '\\u0000', '"']
      for (const name of names)
        await commit(store, publish(name, { channel: name as typeof lobby }))
      for (const name of names) {
        const { messages } = await history(store, { channel: name as typeof lobby })
        expect(messages.map(({ data }) => data)).toEqual([name])
      }
    })

    test('[ST13] what the caller does afterwards to what it passed changes nothing', async () => {
      const { store } = await fresh()
      const [data, extras] = [new Uint8Array([1]), { headers: { a: 1 } }]
      const writing = commit(store, publish([{ data, extras }]))
      data[0] = 9
      extras.headers.a = 9
      const expected = { data: new Uint8Array([1]), extras: { headers: { a: 1 } } }
      expect(messagesOf((await writing).entries)).toMatchObject([expected])
      expect((await history(store)).messages).toMatchObject([expected])
    })

    test('[ST14] an update replaces the fields it has and keeps the others', async () => {
      const { store } = await fresh()
      const first = {
        name: 'n',
        data: 'd',
        encoding: 'json',
        extras: { a: 1, b: 2 },
        clientId: 'ada',
      }
      const told = await commit(store, publish([first], { connectionId: 'c1' }))
      const [before] = messagesOf(told.entries)
      const serial = serialOf(told)
      const update = async (fields: object) => {
        const entry = amend({ serial, action: 'update', ...fields }, { connectionId: 'c2' })
        const { entries } = await commit(store, entry)
        const { version, ...message } = messagesOf(entries)[0] ?? {}
        return message
      }
      const updated = { ...before, action: 'update' }
      expect(await update({ name: 'm' })).toEqual({ ...updated, name: 'm' })
      expect(await update({ extras: { c: 3 } })).toEqual({
        ...updated,
        name: 'm',
        extras: { c: 3 },
      })
      const { encoding: _, ...plain } = updated
      expect(await update({ data: 'e' })).toEqual({
        ...plain,
        name: 'm',
        data: 'e',
        extras: { c: 3 },
      })
    })

    test('[ST14] a deletion is an edit whose action says so', async () => {
      const { store } = await fresh()
      const told = await commit(store, publish([{ name: 'n', data: 'd', clientId: 'ada' }]))
      const deletion = {
        serial: serialOf(told),
        action: 'delete',
        data: '',
        clientId: 'mod',
      } as const
      const { entries } = await commit(store, amend(deletion))
      expect(messagesOf(entries)).toMatchObject([
        { action: 'delete', name: 'n', data: '', clientId: 'ada', version: { clientId: 'mod' } },
      ])
    })

    test('[ST191] the claim in a message is that of whoever wrote this version', async () => {
      const { store } = await fresh()
      const said = { data: 'd', extras: { headers: { a: 1 }, userClaim: 'author' } }
      const serial = serialOf(await commit(store, publish([said])))
      const extrasAfter = async (fields: object) => {
        const { entries } = await commit(store, amend({ serial, action: 'update', ...fields }))
        return messagesOf(entries)[0]?.extras
      }
      const headers = { a: 1 }
      expect(await extrasAfter({ userClaim: 'editor' })).toEqual({ headers, userClaim: 'editor' })
      expect(await extrasAfter({ name: 'n' })).toEqual({ headers })
      expect(await extrasAfter({ extras: { b: 2 }, userClaim: 'x' })).toEqual({
        b: 2,
        userClaim: 'x',
      })
      expect(await extrasAfter({ extras: {}, userClaim: 'y' })).toEqual({ userClaim: 'y' })
      expect(await extrasAfter({})).toBeUndefined()
      const append = amend({ serial, action: 'append', data: 'e', userClaim: 'z' })
      const [told] = (await commit(store, append)).entries
      expect(told).toMatchObject({ fragment: { data: 'e', extras: { userClaim: 'z' } } })
    })

    test('[ST15] an append adds to text or bytes of its kind, and replaces anything else', async () => {
      const { store } = await fresh()
      const cases: [before: NewMessage, added: NewMessage, after: NewMessage][] = [
        [{ data: 'ab' }, { data: 'cd' }, { data: 'abcd' }],
        [{ data: 'ab', encoding: 'x' }, { data: 'cd' }, { data: 'abcd', encoding: 'x' }],
        [
          { data: 'ab', encoding: 'x' },
          { data: 'c', encoding: 'x' },
          { data: 'abc', encoding: 'x' },
        ],
        [{ data: 'ab' }, { data: 'c', encoding: 'x' }, { data: 'c', encoding: 'x' }],
        [
          { data: new Uint8Array([1]) },
          { data: new Uint8Array([2, 3]) },
          { data: new Uint8Array([1, 2, 3]) },
        ],
        [{ data: 'ab' }, { data: new Uint8Array([1]) }, { data: new Uint8Array([1]) }],
        [{ name: 'n' }, { data: 'ab' }, { name: 'n', data: 'ab' }],
        [{ data: 'ab' }, { name: 'n' }, { data: 'ab', name: 'n' }],
      ]
      for (const [before, added, after] of cases) {
        const serial = serialOf(await commit(store, publish([before])))
        const { entries } = await commit(store, amend({ ...added, serial, action: 'append' }))
        const [{ name, data, encoding, action } = {}] = messagesOf(entries)
        expect({ name, data, encoding, action }).toEqual({
          name: undefined,
          encoding: undefined,
          data: undefined,
          ...after,
          action: 'update',
        })
      }
    })

    test('[ST16] an edit keeps identity and author, and has a later version of its own', async () => {
      const { store } = await fresh(1_000)
      const entry = publish([{ id: 'own', data: 'd', clientId: 'ada' }], { connectionId: 'c1' })
      const told = await commit(store, entry)
      const edit = {
        serial: serialOf(told),
        action: 'update',
        data: 'e',
        clientId: 'eve',
        description: 'why',
        metadata: { k: 'v' },
      } as const
      const edited = await commit(store, amend(edit, { connectionId: 'c2' }))
      expect(edited.entries).toMatchObject([
        { kind: 'message', channel: lobby, connectionId: 'c2', id: edited.serial, revision: 2 },
      ])
      expect(messagesOf(edited.entries)).toEqual([
        {
          id: 'own',
          data: 'e',
          clientId: 'ada',
          connectionId: 'c1',
          serial: serialOf(told),
          timestampMs: 1_000,
          action: 'update',
          version: {
            serial: `00000000001001-000@${SITE}:000`,
            timestampMs: 1_001,
            clientId: 'eve',
            description: 'why',
            metadata: { k: 'v' },
          },
        },
      ])
    })

    test('[ST16] edits of one write build on each other', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish('a')))
      const add = (data: string) => amend({ serial, action: 'append', data })
      const { entries } = await commit(store, [add('b'), add('c')])
      expect(messagesOf(entries).map(({ data }) => data)).toEqual(['ab', 'abc'])
    })

    test('[ST17] an edit of what the channel does not have is refused', async () => {
      const { store } = await fresh()
      const told = await commit(store, publish('a'))
      const edited = await commit(
        store,
        amend({ serial: serialOf(told), action: 'update', data: 'b' }),
      )
      const unknown = [
        amend({ serial: serialOf(told), action: 'delete' }, { channel: attic }),
        amend({ serial: told.serial, action: 'delete' }),
        amend({ serial: `${told.serial}:001`, action: 'delete' }),
        amend({ serial: `${edited.serial}:000`, action: 'delete' }),
        amend({ serial: serialOf(told).replace(SITE, 'there'), action: 'delete' }),
        amend({ serial: '', action: 'delete' }),
      ]
      for (const entry of unknown) {
        await expect(commit(store, entry)).rejects.toThrow(UnknownMessage)
      }
      expect(await store.load()).toMatchObject({ revision: 2 })
    })

    test('[ST72] an edit that names the version it was decided over is refused over any other', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish('a')))
      const append = (data: string, expectVersion: string) =>
        amend({ serial, action: 'append', data }, { expectVersion })
      const racing = await Promise.allSettled([
        commit(store, append('b', serial)),
        commit(store, append('c', serial)),
        commit(store, publish('beside')),
      ])
      const refused = { status: 'rejected', reason: expect.any(StaleVersion) }
      const done = { status: 'fulfilled' }
      expect(racing).toMatchObject([done, refused, done])
      const latest = await store.message(lobby, serial, everything)
      const version = latest?.version?.serial ?? ''
      await commit(store, append('d', version))
      await expect(commit(store, append('e', version))).rejects.toThrow(StaleVersion)
      expect(await store.message(lobby, serial, everything)).toMatchObject({ data: 'abd' })
      const unknown = amend({ serial: '', action: 'delete' }, { expectVersion: serial })
      await expect(commit(store, unknown)).rejects.toThrow(UnknownMessage)
    })

    test('[ST72] a repeat is acknowledged whatever version it names', async () => {
      const { store } = await fresh()
      const serial = serialOf(await commit(store, publish('a')))
      const edit = amend(
        { serial, action: 'append', data: 'b' },
        { expectVersion: serial, idBase: 'conn:1' },
      )
      const first = await commit(store, edit)
      expect(await commit(store, edit)).toMatchObject({ duplicate: true, serial: first.serial })
    })

    test('[ST18] messages of one publish are edited each for itself', async () => {
      const { store } = await fresh()
      const told = await commit(store, publish([{ data: 'a' }, { data: 'b' }, { data: 'c' }]))
      await commit(store, amend({ serial: serialOf(told, 1), action: 'update', data: 'B' }))
      const { messages } = await history(store)
      expect(messages.map(({ data, action }) => [data, action])).toEqual([
        ['a', 'create'],
        ['B', 'update'],
        ['c', 'create'],
      ])
    })
  })
}
