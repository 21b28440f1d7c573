// Operators who go: offline after a while, and what they have.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask, closeAll, deskOn, listen, online, opens, operator } from './desk-case.ts'
import { endAll, serve } from './serving.ts'
import { makeWidget, POLICY, visit } from './widget-case.ts'

const folders: string[] = []

afterAll(async () => {
  closeAll()
  await endAll()
  for (const each of folders) await rm(each, { recursive: true })
})

/** A desk whose policy says more in `settings.desk`. */
async function deskWith(settings: string) {
  const text = await readFile(POLICY, 'utf8')
  const folder = await mkdtemp(join(tmpdir(), 'sayso-policy-'))
  folders.push(folder)
  const file = join(folder, 'policy.yaml')
  await writeFile(file, text.replace('capacity: 5,', `capacity: 5,${settings},`))
  return deskOn(await serve({ SAYSO_POLICY: file }))
}

test('whoever has no connection is offline after a while, is given nothing, and keeps what they have', async () => {
  const { server } = await deskWith('offline_after: 1')
  const widget = await makeWidget(server, { name: 'Auto', routing: 'auto' })
  const [olga, otto] = [await operator(server, 'Olga'), await operator(server, 'Otto')]
  const board = await listen(online(server, otto).channels.get('[desk]'))
  const olgas = online(server, olga)
  await olgas.channels.get('[desk]').attach()
  await ask(olga, 'PUT', '/me', { status: 'available' })
  const first = await opens(server, (await visit(server, widget)).visitor.id, { widget: widget.id })
  const isOf = (id: string, wanted: boolean) =>
    board.next(
      ({ name, data }) => name === 'operator' && data.id === id && data.isConnected === wanted,
    )
  await isOf(olga.id, true)
  olgas.close()
  expect((await isOf(olga.id, false)).data).toMatchObject({ status: 'available', open: 1 })
  const { body } = await ask<{ operators: object[] }>(otto, 'GET', '/operators')
  expect(body.operators).toContainEqual(
    expect.objectContaining({
      id: olga.id,
      isConnected: false,
      offlineSinceMs: expect.any(Number),
    }),
  )
  const second = await opens(server, (await visit(server, widget)).visitor.id, {
    widget: widget.id,
  })
  await ask(otto, 'PUT', '/me', { status: 'available' })
  await board.next(
    ({ name, data }) =>
      name === 'conversation' &&
      data.key === second.conversation.key &&
      data.assignee?.id === otto.id,
  )
  const kept = await ask(olga, 'GET', `/conversations/${first.conversation.key}`)
  expect(kept.body).toMatchObject({ state: 'open', assignee: { id: olga.id } })
  const back = board.heard.length
  await online(server, olga).channels.get('[desk]').attach()
  await board.next((message) => {
    const { name, data } = message
    const isNew = board.heard.indexOf(message) >= back
    return isNew && name === 'operator' && data.id === olga.id && data.isConnected === true
  })
})

test('where the settings say so, what they have waits again after a while', async () => {
  const { server, widget } = await deskWith('offline_after: 1, requeue_after: 1')
  const [olga, otto] = [await operator(server, 'Olga'), await operator(server, 'Otto')]
  const board = await listen(online(server, otto).channels.get('[desk]'))
  const olgas = online(server, olga)
  await olgas.channels.get('[desk]').attach()
  const { visitor } = await visit(server, widget)
  const { conversation } = await opens(server, visitor.id)
  await ask(olga, 'POST', `/conversations/${conversation.key}/claim`)
  const waits = ({ name, data }: { name?: string; data?: Record<string, unknown> }) =>
    name === 'conversation' && data?.key === conversation.key && data?.state === 'waiting'
  await board.next(({ name, data }) => name === 'gone' && data.key === conversation.key)
  const before = board.heard.length
  olgas.close()
  await board.next((message) => board.heard.indexOf(message) >= before && waits(message))
  expect((await ask(olga, 'GET', '/me')).body).toMatchObject({ open: 0 })
  await ask(otto, 'POST', `/conversations/${conversation.key}/claim`)
  const hers = online(server, otto).channels.get(conversation.channel)
  const { items } = await hers.history()
  const released = items.find(({ data }) => data?.kind === 'released')
  expect(released?.data).toEqual({
    kind: 'released',
    internal: true,
    to: { id: olga.id, name: 'Olga' },
  })
})
