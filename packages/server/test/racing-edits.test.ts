// Rules that look at the message an edit is made to: they are asked about the version that is current at the commit, also
// when two edits race. The order is set by holding the store, not by time.

import {
  type ChannelName,
  type KeyId,
  parseTuple,
  type Revision,
  type RightsChange,
  type SubjectId,
  seedChanges,
} from '@sayso/policy'
import { parsePolicy } from '@sayso/policy/document'
import type { Store } from '@sayso/store'
import { memoryStore } from '@sayso/store/memory'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sealer } from '../src/auth/sealed.ts'
import { amendMessage } from '../src/commands/amend-message.ts'
import type { Asker } from '../src/commands/asker.ts'
import { openLog } from '../src/observe/log.ts'
import { openApp } from '../src/one-app.ts'
import { encodeBatch } from '../src/wire/ably/frames.ts'
import { NO_FILES } from './no-files.ts'

const text = `
version: 1
tenant: { key: desk, roles: {} }
types:
  note:
    channels: "note:{key}"
    actions: [subscribe, history, publish, message-update-own]
    roles:
      writer: { can: [subscribe, history, publish, message-update-own] }
    rules:
      - { id: sealed, forbid: message-update-own, when: 'message.before.name == "sealed"' }
      - { id: short, require: message-update-own, when: 'size(message.after.data) <= 4' }
seed:
  resources:
    note:one: { title: One }
`
const NOTE = 'note:one' as ChannelName
const FIRST = 'first' as KeyId
const ada: Asker = {
  credential: {
    kind: 'token',
    key: FIRST,
    capability: { '*': ['*'] },
    subject: 'user:ada' as SubjectId,
  },
  clientId: 'ada',
  mayBeAnyone: false,
}

/** An app over a store in which a test can do something between the reading of a message and the commit. */
async function desk() {
  const inner = memoryStore({ now: () => 1_000 })
  let afterRead: () => Promise<unknown> = async () => undefined
  const store: Store = {
    ...inner,
    async message(...asked) {
      const seen = await inner.message(...asked)
      await afterRead()
      return seen
    },
  }
  const app = await openApp(store, {
    appId: 'desk',
    sealer: sealer('a secret of at least thirty-two characters'),
    encode: encodeBatch,
    files: NO_FILES,
    log: openLog(
      'silent',
      () => 0,
      () => undefined,
    ),
  })
  onTestFinished(app.stop)
  const document = parsePolicy(text)
  const key = { id: FIRST, name: 'First', capability: { '*': ['*'] }, scopes: [], sealedSecret: '' }
  const changes: RightsChange[] = [
    { kind: 'put-policy', document, text },
    ...seedChanges(document),
    { kind: 'put-key', key: { ...key, createdAtMs: 0 } },
    { kind: 'assign', tuple: parseTuple('note:one#writer@user:ada') },
  ]
  await inner.transact({ entries: [{ kind: 'rights', changes, cause: { command: 'test' } }] })
  const { entries } = await inner.transact({
    entries: [{ kind: 'publish', channel: NOTE, messages: [{ data: 'a', clientId: 'ada' }] }],
  })
  const [published] = entries
  const serial = (published?.kind === 'message' && published.messages[0]?.serial) || ''
  return {
    serial,
    /** Runs `work` after the next read, before the reader sees what was read. */
    afterNextRead(work: () => Promise<unknown>) {
      afterRead = () => {
        afterRead = async () => undefined
        return work()
      }
    },
    afterEachRead(work: () => Promise<unknown>) {
      afterRead = work
    },
    elsewhere: (more: { name?: string; data?: string }) =>
      inner.transact({
        entries: [
          { kind: 'amend', channel: NOTE, amendment: { serial, action: 'update', ...more } },
        ],
      }),
    edit: (action: 'update' | 'append', more: { name?: string; data?: string }) =>
      amendMessage(app.context, ada, { channel: NOTE, amendment: { serial, action, ...more } }),
    latest: () => inner.message(NOTE, serial, Number.MAX_SAFE_INTEGER as Revision),
  }
}

describe('two edits that race', () => {
  test('the later one is judged by what the earlier one made of the message', async () => {
    const { edit, elsewhere, afterNextRead, latest } = await desk()
    afterNextRead(() => elsewhere({ name: 'sealed' }))
    await expect(edit('update', { data: 'late' })).rejects.toMatchObject({ code: 'denied' })
    expect(await latest()).toMatchObject({ name: 'sealed', data: 'a' })
  })

  test('what would be made of it is worked out anew', async () => {
    const { edit, elsewhere, afterNextRead, latest } = await desk()
    afterNextRead(() => elsewhere({ data: 'bcd' }))
    await edit('append', { data: 'e' })
    expect(await latest()).toMatchObject({ data: 'bcde' })
    afterNextRead(() => elsewhere({ data: 'fghi' }))
    await expect(edit('append', { data: 'j' })).rejects.toMatchObject({ code: 'denied' })
    expect(await latest()).toMatchObject({ data: 'fghi' })
  })

  test('those that come together keep their order, and each sees the one before', async () => {
    const { edit, latest } = await desk()
    const appends = ['b', 'c', 'd', 'e', 'f'].map((data) => edit('append', { data }))
    const settled = await Promise.allSettled(appends)
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ])
    expect(await latest()).toMatchObject({ data: 'abcd' })
  })

  test('one that is overtaken for ever gives up and says so', async () => {
    const { edit, elsewhere, afterEachRead, latest } = await desk()
    let overtaken = 0
    afterEachRead(() => {
      overtaken += 1
      return elsewhere({ data: `${overtaken}` })
    })
    await expect(edit('append', { data: 'x' })).rejects.toMatchObject({ code: 'busy' })
    expect(await latest()).toMatchObject({ data: `${overtaken}` })
  })
})
