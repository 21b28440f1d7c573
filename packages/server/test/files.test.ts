// Files over HTTP: brought piece by piece, sent with messages, fetched by whoever may see the message.

import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PNG, type Sender, sender, senderOf, sendPiece } from './file-case.ts'
import { setUp } from './people.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

let server: Serving
let grace: Sender
let ada: Sender
beforeAll(async () => {
  ;({ server, grace, ada } = await house())
})
afterAll(endAll)

/** A server with an owner and a member. */
async function house() {
  const served = await serve({ SAYSO_MAX_FILE_BYTES: '3000000' })
  const owner = await senderOf(served, await setUp(served, 'Grace'))
  return { server: served, grace: owner, ada: await sender(served, 'Ada') }
}

const code = async (response: Response) => {
  const body = (await response.json()) as { code?: string; error?: { code: number } }
  return [response.status, body.code ?? body.error?.code]
}
const history = async (who: Sender) => {
  const response = await who.fetch('/channels/dock:north/messages', {
    headers: { authorization: `Bearer ${who.token}` },
  })
  return (await response.json()) as { serial: string; extras?: Record<string, unknown> }[]
}
const amend = (who: Sender, serial: string, body: unknown, action = 1) =>
  who.fetch(`/channels/dock:north/messages/${serial}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action, ...(body as object) }),
  })

describe('bringing a file', () => {
  test('piece by piece, each kept when it is answered; the type is told by content', async () => {
    let { server, ada } = await house()
    const bytes = Buffer.concat([PNG, randomBytes(2_500_000)])
    const begun = await ada.call('POST', '/api/v1/channels/north/files', {
      name: '../../etc/holiday\u202egnp.exe',
      type: 'text/html',
      bytes: bytes.length,
    })
    expect(begun.status).toBe(201)
    const upload = await begun.json()
    expect(upload).toMatchObject({ name: 'holiday gnp.exe', offset: 0, isReady: false })
    const first = await sendPiece(server, ada, upload, bytes.subarray(0, 1_048_576))
    expect(await first.json()).toMatchObject({ offset: 1_048_576, isReady: false })
    const again = await sendPiece(server, ada, upload, bytes.subarray(0, 1_048_576))
    expect(await code(again)).toEqual([409, 'conflict'])
    server = await server.again()
    const known = await (
      await fetch(`${server.url}/api/v1/uploads/${upload.id}`, { headers: { cookie: ada.cookie } })
    ).json()
    expect(known).toMatchObject({ offset: 1_048_576 })
    const second = await sendPiece(server, ada, known, bytes.subarray(1_048_576, 2_097_152))
    const last = await sendPiece(server, ada, await second.json(), bytes.subarray(2_097_152))
    expect(await last.json()).toMatchObject({
      type: 'image/png',
      width: 1,
      height: 1,
      isReady: true,
      // What lay behind the end of the picture is no picture.
      bytes: PNG.length,
    })
  })

  test('refused before a byte is sent: too large, no right, hidden and missing alike', async () => {
    const begin = (key: string, bytes = 10) =>
      ada.call('POST', `/api/v1/channels/${key}/files`, { name: 'a.txt', bytes })
    expect(await code(await begin('north', 3_000_001))).toEqual([413, 'file_too_large'])
    expect(await code(await begin('notices'))).toEqual([403, 'denied'])
    const hidden = await (await begin('bridge')).json()
    const missing = await (await begin('nowhere')).json()
    expect(hidden.code).toBe(missing.code)
    expect(hidden.detail.replace('bridge', 'nowhere')).toBe(missing.detail)
  })

  test('rules of the policy see the file, first as declared and then as it is', async () => {
    const { server, ada } = await house()
    const key = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const { text } = await (await fetch(`${server.url}/api/v1/policy`, { headers: key })).json()
    const rule = `      - id: pictures
        require: attach-file
        when: context.file.type.startsWith("image/") && context.file.bytes < 1000
        message: Small pictures only.
`
    const amended = text.replace('    rules:\n', `    rules:\n${rule}`)
    const put = await fetch(`${server.url}/api/v1/policy`, {
      method: 'PUT',
      headers: key,
      body: JSON.stringify({ text: amended }),
    })
    expect(put.status).toBe(200)
    const begin = (type: string, bytes: number) =>
      ada.call('POST', '/api/v1/channels/north/files', { name: 'a.png', type, bytes })
    const refused = await (await begin('application/pdf', 10)).json()
    expect(refused).toMatchObject({ code: 'denied', detail: 'Small pictures only.' })
    expect((await begin('image/png', 2_000)).status).toBe(403)
    const posing = await (await begin('image/png', 10)).json()
    const last = await sendPiece(server, ada, posing, Buffer.from('plain text'))
    expect(await code(last)).toEqual([403, 'denied'])
    const honest = await (await begin('image/png', PNG.length)).json()
    expect((await sendPiece(server, ada, honest, PNG)).status).toBe(200)
  })

  test('a piece beyond the end, another’s upload, and a dropped one are refused', async () => {
    const begun = await ada.call('POST', '/api/v1/channels/north/files', { name: 'a', bytes: 4 })
    const upload = await begun.json()
    expect(await code(await sendPiece(server, ada, upload, Buffer.from('12345')))).toEqual([
      400,
      'invalid',
    ])
    expect(await code(await sendPiece(server, grace, upload, Buffer.from('1234')))).toEqual([
      404,
      'file_unknown',
    ])
    expect((await ada.call('DELETE', `/api/v1/uploads/${upload.id}`)).status).toBe(204)
    expect(await code(await sendPiece(server, ada, upload, Buffer.from('1234')))).toEqual([
      404,
      'file_unknown',
    ])
  })

  test('a realtime token brings files as the person does; a page elsewhere does not', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/v1/channels/north/files`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'a', bytes: 1 }),
      })
    expect((await send({ authorization: `Bearer ${ada.token}` })).status).toBe(201)
    expect(await code(await send({ cookie: ada.cookie, origin: 'https://evil.example' }))).toEqual([
      403,
      'foreign_origin',
    ])
  })
})

describe('room', () => {
  test('all together and one person within an hour have limits', async () => {
    let { server, ada } = await house()
    server = await server.again({ SAYSO_FILES_BYTES: '1000', SAYSO_FILES_PER_HOUR: '3' })
    const begin = (bytes: number) =>
      fetch(`${server.url}/api/v1/channels/north/files`, {
        method: 'POST',
        headers: { cookie: ada.cookie, origin: server.url, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'a', bytes }),
      })
    expect((await begin(900)).status).toBe(201)
    expect(await code(await begin(101))).toEqual([507, 'files_full'])
    expect((await begin(50)).status).toBe(201)
    expect(await code(await begin(1))).toEqual([429, 'too_many'])
  })
})

describe('sending a file', () => {
  test('the server says what it is, whatever the sender claims', async () => {
    const file = await ada.bring('harbour.png', PNG)
    await ada.said({
      extras: {
        attachments: [
          {
            id: file.id,
            name: 'free.exe',
            type: 'x/y',
            bytes: 1,
            width: 9,
            description: ' A dot. ',
          },
        ],
        other: 1,
      },
    })
    const [message] = await history(ada)
    expect(message?.extras).toEqual({
      other: 1,
      attachments: [
        {
          id: file.id,
          name: 'harbour.png',
          type: 'image/png',
          bytes: PNG.length,
          width: 1,
          height: 1,
          description: 'A dot.',
        },
      ],
    })
    const list = await (await ada.call('GET', '/api/v1/channels/north/files?kind=image')).json()
    expect(list.items.slice(0, 1)).toMatchObject([
      { id: file.id, name: 'harbour.png', by: ada.id, serial: message?.serial },
    ])
    expect(
      (await (await ada.call('GET', '/api/v1/channels/north/files?kind=other')).json()).items,
    ).toEqual([])
  })

  test('a file is sent once, by its owner, whole, where it was brought', async () => {
    const { grace, ada } = await house()
    const file = await ada.bring('a.txt', Buffer.from('hello'))
    const extras = { attachments: [{ id: file.id }] }
    const begun = await (
      await ada.call('POST', '/api/v1/channels/north/files', { name: 'half', bytes: 10 })
    ).json()
    expect(await code(await grace.say({ extras }))).toEqual([400, 40032])
    expect(await code(await grace.say({ extras }, 'dock:bridge'))).toEqual([400, 40032])
    expect(await code(await ada.say({ extras: { attachments: [{ id: begun.id }] } }))).toEqual([
      400, 40032,
    ])
    expect(
      await code(await ada.say({ extras: { attachments: [{ id: file.id }, { id: file.id }] } })),
    ).toEqual([400, 40032])
    expect(await code(await ada.say({ extras: { attachments: 'x' } }))).toEqual([400, 40032])
    expect((await ada.say({ id: 'one:0', extras })).status).toBe(201)
    // The same publish again is the same message; another one is refused.
    expect((await ada.say({ id: 'one:0', extras })).status).toBe(201)
    expect(await code(await ada.say({ id: 'two:0', extras }))).toEqual([400, 40032])
    expect(await history(ada)).toHaveLength(1)
  })

  test('losing the right before sending refuses the message; without files it is sent', async () => {
    const { server, ada } = await house()
    const file = await ada.bring('a.txt', Buffer.from('hello'))
    const extras = { attachments: [{ id: file.id }] }
    const key = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
    const { text } = await (await fetch(`${server.url}/api/v1/policy`, { headers: key })).json()
    const narrowed = text.replace(', attach-file]', ']')
    expect(narrowed).not.toBe(text)
    const put = await fetch(`${server.url}/api/v1/policy`, {
      method: 'PUT',
      headers: key,
      body: JSON.stringify({ text: narrowed }),
    })
    expect(put.status).toBe(200)
    expect(await code(await ada.say({ extras }))).toEqual([401, 40160])
    expect((await ada.say({})).status).toBe(201)
  })

  test('messages that are not kept carry no files', async () => {
    const file = await ada.bring('a.txt', Buffer.from('hello'))
    const extras = { ephemeral: true, attachments: [{ id: file.id }] }
    expect(await code(await ada.say({ extras }))).toEqual([400, 40032])
  })

  test('an edit keeps, describes or lets go, and adds nothing', async () => {
    const one = await ada.bring('one.txt', Buffer.from('one'))
    const two = await ada.bring('two.txt', Buffer.from('two'))
    const other = await ada.bring('other.txt', Buffer.from('other'))
    const serial = await ada.said({ extras: { attachments: [{ id: one.id }, { id: two.id }] } })
    const added = await amend(ada, serial, { extras: { attachments: [{ id: other.id }] } })
    expect(await code(added)).toEqual([400, 40032])
    const kept = { attachments: [{ id: two.id, name: 'forged', description: 'The second.' }] }
    expect((await amend(ada, serial, { data: 'new', extras: kept })).status).toBe(200)
    const [message] = await history(ada)
    expect(message?.extras).toMatchObject({
      attachments: [{ id: two.id, name: 'two.txt', description: 'The second.' }],
    })
    expect((await ada.fetch(`/files/${one.id}`)).status).toBe(404)
    expect((await ada.fetch(`/files/${two.id}`)).status).toBe(200)
    // An edit that says nothing of extras leaves them.
    await amend(ada, serial, { data: 'newer' })
    expect((await ada.fetch(`/files/${two.id}`)).status).toBe(200)
    await amend(ada, serial, { extras: {} })
    expect((await ada.fetch(`/files/${two.id}`)).status).toBe(404)
  })

  test('nothing of a deleted message’s files stays on the disk', async () => {
    const { server, ada } = await house()
    const file = await ada.bring('a.txt', Buffer.from('hello'))
    const serial = await ada.said({ extras: { attachments: [{ id: file.id }] } })
    expect((await amend(ada, serial, {}, 2)).status).toBe(200)
    expect((await ada.fetch(`/files/${file.id}`)).status).toBe(404)
    await server.again()
    const names = readdirSync(join(server.folder, 'files'), { recursive: true }).map(String)
    expect(names.filter((name) => name.includes(file.id))).toEqual([])
  })
})

describe('fetching a file', () => {
  test('in ranges, with headers under which nothing runs and nothing is kept', async () => {
    const file = await ada.bring('notes & "x".txt', Buffer.from('0123456789'))
    await ada.said({ extras: { attachments: [{ id: file.id }] } })
    const whole = await ada.fetch(`/files/${file.id}`)
    expect(await whole.text()).toBe('0123456789')
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="notes & _?x_?/),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cross-origin-resource-policy': 'same-origin',
    })
    const range = async (asked: string) => {
      const response = await ada.fetch(`/files/${file.id}`, { headers: { range: asked } })
      return [response.status, response.headers.get('content-range'), await response.text()]
    }
    expect(await range('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234'])
    expect(await range('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789'])
    expect(await range('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789'])
    expect(await range('bytes=9-99')).toEqual([206, 'bytes 9-9/10', '9'])
    expect(await range('bytes=10-')).toEqual([416, 'bytes */10', ''])
    expect(await range('bytes=4-2')).toEqual([200, null, '0123456789'])
    expect(await range('bytes=0-1,4-5')).toEqual([200, null, '0123456789'])
    const head = await ada.fetch(`/files/${file.id}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10'])
  })

  test.each([
    ['page.html', '<!doctype html><script>alert(1)</script>'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['xml.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['picture.png', '<html><script>alert(1)</script></html>'],
    ['paper.pdf', '%PDF-1.7\n%âãÏÓ\n'],
    ['code.js', 'alert(1)'],
  ])('%s is saved, never shown', async (name, text) => {
    const file = await ada.bring(name, Buffer.from(text))
    await ada.said({ extras: { attachments: [{ id: file.id }] } })
    const response = await ada.fetch(`/files/${file.id}`)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  test('a picture is shown, and saved when that is asked for', async () => {
    const file = await ada.bring('dot.png', PNG)
    await ada.said({ extras: { attachments: [{ id: file.id }] } })
    const shown = await ada.fetch(`/files/${file.id}`)
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/)
    const saved = await ada.fetch(`/files/${file.id}?save`)
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  test('a small picture goes with its file', async () => {
    const file = await ada.bring('dot.png', PNG)
    const put = (bytes: Uint8Array) =>
      fetch(`${server.url}/api/v1/uploads/${file.id}/preview`, {
        method: 'PUT',
        headers: { cookie: ada.cookie, origin: server.url },
        body: Buffer.from(bytes),
      })
    expect(await code(await put(Buffer.from('<svg/>')))).toEqual([400, 'invalid'])
    expect(await (await put(PNG)).json()).toMatchObject({ preview: { width: 1, height: 1 } })
    await ada.said({ extras: { attachments: [{ id: file.id }] } })
    expect((await grace.fetch(`/files/${file.id}/preview`)).status).toBe(200)
    const [message] = await history(ada)
    expect(message?.extras).toMatchObject({ attachments: [{ preview: { width: 1, height: 1 } }] })
  })
})
