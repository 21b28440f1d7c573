// Bringing files against a scripted server: in pieces, on after a lost answer and a cut, refused in words.

import { ApiError, type UploadView } from '@sayso/client'
import type { FilesApi } from '@sayso/client/files'
import { expect, test, vi } from 'vitest'
import { Uploads } from './uploads.ts'

const problem = (status: number, code: string, detail = code) =>
  new ApiError({ type: '', title: '', status, code, detail })

/** A server that keeps what it is sent. `trouble` may throw before or after a piece is taken. */
function scripted(trouble: { before?: () => void; after?: () => void } = {}) {
  const here = new Map<string, { text: string; bytes: number; name: string }>()
  const view = (id: string): UploadView => {
    const one = here.get(id)
    if (one === undefined) throw problem(404, 'file_unknown')
    const { bytes, name } = one
    const isReady = one.text.length === bytes
    return { id, name, type: 'text/plain', bytes, offset: one.text.length, pieceBytes: 4, isReady }
  }
  const api: FilesApi = {
    limits: async () => ({ maxBytes: 20, pieceBytes: 4, smallBytes: 10 }),
    begin: async (_key, { name, bytes }) => {
      if (name === 'refused.txt') throw problem(403, 'denied', 'Pictures only.')
      here.set(`id-${here.size}`, { text: '', bytes, name })
      return view(`id-${here.size - 1}`)
    },
    upload: async (id) => view(id),
    piece: async (id, offset, blob) => {
      trouble.before?.()
      const one = here.get(id)
      if (one === undefined || one.text.length !== offset) throw problem(409, 'conflict')
      one.text += await blob.text()
      trouble.after?.()
      return view(id)
    },
    small: async (id) => view(id),
    drop: async (id) => void here.delete(id),
    files: async () => ({ items: [] }),
    preview: async () => {
      throw problem(409, 'previews_off')
    },
  }
  let keys = 0
  const uploads = new Uploads({ api, person: 'ada', newKey: () => `key-${keys++}` })
  return { uploads, here }
}

const file = (name: string, text: string) => new File([text], name, { type: 'text/plain' })
const states = (uploads: Uploads) => uploads.of('north').map(({ state }) => state.kind)
const settled = (uploads: Uploads, ...kinds: string[]) =>
  vi.waitFor(() => expect(states(uploads)).toEqual(kinds))

test('files arrive whole, one after the other', async () => {
  const { uploads, here } = scripted()
  await uploads.add('north', 'north', [file('a.txt', '0123456789'), file('b.txt', 'xyz')])
  await settled(uploads, 'ready', 'ready')
  expect([...here.values()].map(({ text }) => text)).toEqual(['0123456789', 'xyz'])
  uploads.sent('north')
  expect(uploads.all()).toEqual([])
})

test('an answer that is lost on the way doubles nothing', async () => {
  let lost = 2
  const { uploads, here } = scripted({
    after: () => {
      if (lost-- > 0) throw problem(409, 'conflict')
    },
  })
  await uploads.add('north', 'north', [file('a.txt', '0123456789')])
  await settled(uploads, 'ready')
  expect(here.get('id-0')?.text).toBe('0123456789')
})

test('a cut pauses, and it goes on from where it was', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let isCut = true
  const { uploads, here } = scripted({
    before: () => {
      if (isCut && here.get('id-0')?.text.length === 4) throw problem(0, 'not_reached')
    },
  })
  await uploads.add('north', 'north', [file('a.txt', '0123456789')])
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  vi.useRealTimers()
  await settled(uploads, 'paused')
  isCut = false
  uploads.retry('key-0')
  await settled(uploads, 'ready')
  expect([...here.values()].at(-1)?.text).toBe('0123456789')
})

test('what is refused says why; others go on', async () => {
  const { uploads } = scripted()
  const files = [file('refused.txt', 'x'), file('large.txt', 'x'.repeat(21)), file('c.txt', 'c')]
  await uploads.add('north', 'north', files)
  await settled(uploads, 'failed', 'failed', 'ready')
  const whys = uploads.all().map(({ state }) => (state.kind === 'failed' ? state.why : ''))
  expect(whys).toEqual(['Pictures only.', 'Larger than 20 bytes, which is the most here.', ''])
})

test('no more than a message carries, and what is removed is gone on the server too', async () => {
  const { uploads, here } = scripted()
  const many = Array.from({ length: 12 }, (_, at) => file(`${at}.txt`, 'x'))
  await uploads.add('north', 'north', many)
  await settled(uploads, ...Array<string>(10).fill('ready'), 'failed', 'failed')
  uploads.remove('key-0')
  await vi.waitFor(() => expect(here.size).toBe(9))
  expect(uploads.all()).toHaveLength(11)
})

test('those of a message that was not sent are back, ready, and with their bytes', async () => {
  const { uploads, here } = scripted()
  await uploads.add('north', 'north', [file('a.txt', '0123456789')])
  await settled(uploads, 'ready')
  uploads.sent('north')
  const sent = { id: 'id-0', name: 'a.txt', type: 'text/plain', bytes: 10, description: 'ten' }
  uploads.takeBack('north', 'north', [sent])
  expect(states(uploads)).toEqual(['ready'])
  const [back] = uploads.all()
  expect([await back?.blob.text(), back?.description, back?.isSkipped]).toEqual([
    '0123456789',
    'ten',
    false,
  ])
  expect(here.size).toBe(1)
})
