// Link previews over HTTP: made by the server, sent by id, never forged, their pictures our own.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PNG, type Sender, sender } from './file-case.ts'
import { endAll, KEY, type Serving, serve } from './serving.ts'

let site: Server
let origin: string
let server: Serving
let ada: Sender
let bob: Sender

beforeAll(async () => {
  site = createServer((request, response) => {
    if (request.url === '/a.png') return response.end(PNG)
    response.setHeader('content-type', 'text/html')
    response.end('<title>Tides</title><meta property="og:image" content="/a.png">')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  server = await serve({ SAYSO_PREVIEW_ORIGINS: origin, SAYSO_SIGN_UP: 'open' })
  ada = await sender(server, 'Ada')
  bob = await sender(server, 'Bob')
})
afterAll(async () => {
  await endAll()
  await new Promise((resolve) => site.close(resolve))
})

type Preview = { id: string; url: string; title: string; image: { id: string } }

const ask = (who: Sender, url: string, key = 'north') =>
  who.call('POST', `/api/v1/channels/${key}/previews`, { url })
const preview = async (who: Sender) => (await (await ask(who, `${origin}/`)).json()) as Preview
const newest = async () => {
  const response = await ada.fetch('/channels/dock:north/messages?limit=1', {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  const [message] = (await response.json()) as { extras?: { previews?: Preview[] } }[]
  return message?.extras?.previews
}

describe('a link preview', () => {
  test('is what the server saw; its picture is ours and goes with the message', async () => {
    const seen = await preview(ada)
    expect(seen).toMatchObject({
      url: `${origin}/`,
      title: 'Tides',
      image: { width: 1, height: 1 },
    })
    const picture = `/files/${seen.image.id}`
    expect((await bob.fetch(picture)).status).toBe(404)
    const serial = await ada.said({
      extras: { previews: [{ id: seen.id, title: 'Forged', url: 'https://evil.example/' }] },
    })
    expect(await newest()).toEqual([seen])
    expect((await bob.fetch(picture)).status).toBe(200)
    const edit = await ada.fetch(`/channels/dock:north/messages/${serial}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action: 1, data: 'look', extras: {} }),
    })
    expect(edit.status).toBe(200)
    expect(await newest()).toBeUndefined()
    expect((await bob.fetch(picture)).status).toBe(404)
  })

  test('of somebody else, of nothing, or used is left out; the message is sent', async () => {
    const seen = await preview(bob)
    await ada.said({ extras: { previews: [{ id: seen.id }, { id: 'x'.repeat(24) }, 7] } })
    expect(await newest()).toBeUndefined()
    await bob.said({ extras: { previews: [{ id: seen.id }] } })
    await bob.said({ extras: { previews: [{ id: seen.id }] } })
    expect(await newest()).toBeUndefined()
  })

  test('whatever is wrong with an address is answered alike', async () => {
    const answers = await Promise.all(
      [
        'http://127.0.0.1:1/',
        'http://169.254.169.254/',
        'http://nowhere.invalid/',
        'file:///x',
        `${origin}/a.png`,
      ].map(async (url) => {
        const response = await ask(ada, url)
        return [response.status, await response.text()]
      }),
    )
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(answers[0]?.[0]).toBe(422)
  })

  test('takes `publish`, and a channel that has not turned them off', async () => {
    expect((await ask(ada, `${origin}/`, 'notices')).status).toBe(403)
    const put = await fetch(`${server.url}/api/v1/channels/north`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ previews: false }),
    })
    expect(put.status).toBe(200)
    const refused = await ask(ada, `${origin}/`)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      409,
      'previews_off',
    ])
  })
})
