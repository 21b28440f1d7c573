// What operators say often, the teams there are, and a conversation to keep.

import { afterEach, expect, test } from 'vitest'
import { ask, endDesk, freshDesk, online, opens, operator, type View } from './desk-case.ts'
import { signUp } from './people.ts'
import { byKey, visit } from './widget-case.ts'

afterEach(endDesk)

test('replies are kept by who runs the desk, and read by who answers there', async () => {
  const { server, owner } = await freshDesk()
  const olga = await operator(server, 'Olga')
  const ada = await signUp(server, 'Ada')
  const said = { shortcut: 'hello', text: 'Hello {visitor.name}' }
  const made = await ask<{ id: string }>(owner, 'POST', '/replies', said)
  expect(made).toMatchObject({ status: 201, body: { ...said, tenant: 'default' } })
  expect((await ask(olga, 'GET', '/replies')).body).toEqual({ items: [made.body] })
  expect((await ask(ada, 'GET', '/replies')).status).toBe(403)
  expect((await ask(olga, 'POST', '/replies', said)).status).toBe(403)
  const path = `/replies/${made.body.id}`
  const missing = await ask(olga, 'PUT', '/replies/none', said)
  expect(await ask(olga, 'PUT', path, said)).toEqual(missing)
  expect(await ask(olga, 'DELETE', path)).toMatchObject({ status: 404 })
  const changed = await ask(owner, 'PUT', path, { ...said, text: 'Good day' })
  expect(changed.body).toMatchObject({ id: made.body.id, text: 'Good day' })
  expect((await ask(owner, 'POST', '/replies', { ...said, shortcut: 'a b' })).status).toBe(400)
  expect((await ask(owner, 'DELETE', path)).status).toBe(204)
  expect((await ask(olga, 'GET', '/replies')).body).toEqual({ items: [] })
})

test('teams are the groups of the tenant that say so', async () => {
  const { server } = await freshDesk()
  const olga = await operator(server, 'Olga')
  for (const key of ['billing', 'choir'])
    expect((await byKey(server, 'POST', '/groups', { key, title: `The ${key}` })).status).toBe(201)
  const attributes = { title: 'The billing', desk: true }
  const changes = [{ resource: 'group:billing', attributes }]
  expect((await byKey(server, 'POST', '/changes', { changes })).status).toBe(200)
  const teams = await ask(olga, 'GET', '/teams')
  expect(teams.body).toEqual({ items: [{ key: 'billing', title: 'The billing' }] })
})

test('a conversation can be kept, with its notes, by who may read it; how far each has read stands beside it', async () => {
  const { server, widget } = await freshDesk()
  const olga = await operator(server, 'Olga')
  const { visitor } = await visit(server, widget)
  const { conversation } = await opens(server, visitor.id, { text: 'Where is it?' })
  const path = `/conversations/${conversation.key}`
  await ask<View>(olga, 'POST', `${path}/claim`)
  const channel = online(server, olga).channels.get(conversation.channel)
  await channel.attach()
  await channel.publish('note', { text: 'Ask Bea.' })
  await channel.publish('text', { text: 'On its way.' })
  const { body } = await ask<{ lines: { kind: string; text: string; serial: string }[] }>(
    olga,
    'GET',
    `${path}/transcript`,
  )
  const said = body.lines.filter(({ kind }) => kind !== 'event')
  expect(said.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', 'Where is it?'],
    ['note', 'Ask Bea.'],
    ['text', 'On its way.'],
  ])
  const kept = await olga.call('GET', `/api/v1/desk${path}/transcript?format=text`)
  expect(await kept.text()).toContain('Olga (note): Ask Bea.')
  const bea = await signUp(server, 'Bea')
  const missing = await ask(bea, 'GET', '/conversations/none/transcript')
  expect(await ask(bea, 'GET', `${path}/transcript`)).toEqual(missing)
  const read = said.at(-1)?.serial
  await ask(olga, 'POST', `${path}/marks`, { read })
  expect((await ask(olga, 'GET', path)).body.marks).toEqual({
    [olga.id]: { delivered: read, read },
  })
})
