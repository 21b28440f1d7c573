// Two tenants with a desk each, full of what the other must never learn of, and everybody who works or asks there.

import { expect } from 'vitest'
import { ask, give, MANY, online, onlineVisitor, opens, type View } from './desk-case.ts'
import { type Caller, signUp } from './people.ts'
import type { Serving } from './serving.ts'
import {
  byKey,
  door,
  type Json,
  makeWidget,
  type Session,
  signed,
  type TestWidget,
  visit,
} from './widget-case.ts'

/** Everything of a tenant that a request can name. */
export type Ids = {
  readonly tenant: string
  readonly open: string
  readonly waiting: string
  readonly closed: string
  readonly channel: string
  readonly visitor: string
  /** A visitor who has no conversation. */
  readonly idle: string
  readonly external: string
  readonly operator: string
  readonly widget: string
  readonly widgetKey: string
  readonly reply: string
  readonly team: string
  readonly serial: string
  readonly file: string
  readonly upload: string
  /** A word that stands in much of what is kept. */
  readonly word: string
}

/** Nothing of it is there; as long as what is. */
export const MISSING: Ids = {
  tenant: 'nowhere',
  open: 'missing0000000000001',
  waiting: 'missing0000000000002',
  closed: 'missing0000000000003',
  channel: 'desk:missing0000000000001',
  visitor: 'v-missing00000000000004',
  idle: 'v-missing00000000000014',
  external: 'missing-5',
  operator: 'missing00000000000000000000000006',
  widget: 'missing7',
  widgetKey: 'missing8',
  reply: 'missing00000009',
  team: 'missing-10',
  serial: '00000000000001-000@missing:000',
  file: 'missing00000000000000011',
  upload: 'missing00000000000000012',
  word: 'missingword',
}

export type Side = {
  readonly ids: Ids
  readonly widget: TestWidget
  readonly agent: Caller
  readonly operator: Caller
  readonly supervisor: Caller
  readonly admin: Caller
  readonly teammate: Caller
  /** Who has a conversation. */
  readonly known: Session & { readonly view: View }
  /** Who has none yet. */
  readonly idle: Session
  /** Of the tenant alone, `name:secret`. */
  readonly key: string
  /** Texts that stand in nothing that anybody else may read. */
  readonly hidden: readonly string[]
}

async function made(answer: Promise<{ status: number; body: Json }>): Promise<Json> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

async function person(server: Serving, name: string, role: string, on: string): Promise<Caller> {
  const who = await signUp(server, name)
  await give(server, who, role, on)
  return who
}

/** A file that stands in a message of the conversation, and one that is still being uploaded. */
async function files(server: Serving, { token, view }: Session & { view: View }, name: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const url = `${server.url}/api/v1`
  const begin = async () => {
    const body = JSON.stringify({ name, type: 'text/plain', bytes: 5 })
    const begun = await fetch(`${url}/channels/${view.key}/files`, {
      method: 'POST',
      headers,
      body,
    })
    return String(((await begun.json()) as Json).id)
  }
  const [file, upload] = [await begin(), await begin()]
  const put = { method: 'PUT', headers, body: Buffer.from('hello') }
  expect((await fetch(`${url}/uploads/${file}/0`, put)).status).toBe(200)
  return { file, upload }
}

/** Adds a tenant whose every text says `<tenant>hidden`. */
export async function side(server: Serving, tenant: string): Promise<Side> {
  const hide = (what: string) => `${tenant}word ${tenant}hidden ${what}`
  const hidden = `${tenant}hidden`
  const on = `tenant:${tenant}`
  await made(byKey(server, 'PUT', `/tenants/${tenant}`, { attributes: { title: hide('tenant') } }))
  const widget = await makeWidget(server, { tenant, name: hide('shop'), limits: MANY })
  const agent = await person(server, `${hidden}agent`, 'agent', on)
  const operator = await person(server, `${hidden}operator`, 'operator', on)
  const supervisor = await person(server, `${hidden}supervisor`, 'supervisor', on)
  const admin = await person(server, `${hidden}admin`, 'admin', on)
  const team = `${tenant}-team`
  await made(byKey(server, 'POST', '/groups', { key: team, title: hide('team'), tenant }))
  const attributes = { title: hide('team'), desk: true }
  await made(
    byKey(server, 'POST', '/changes', { changes: [{ resource: `group:${team}`, attributes }] }),
  )
  const teammate = await person(server, `${hidden}teammate`, 'member', `group:${team}`)
  const key = await made(
    byKey(server, 'POST', '/keys', { name: `of ${tenant}`, permissions: ['*'], tenant }),
  )
  const reply = await made(
    byKey(server, 'POST', '/desk/replies', { tenant, shortcut: hidden, text: hide('reply') }),
  )
  const external = `${tenant}-customer`
  const identity = signed(widget, { sub: external, name: hide('Mira'), email: `${hidden}@x.org` })
  const page = { url: `https://x.org/${hidden}`, title: hide('page') }
  const session = await visit(server, widget, { identity, page })
  await made(
    byKey(server, 'PUT', `/desk/visitors/${session.visitor.id}`, {
      attributes: { plan: hide('plan') },
    }),
  )
  const first = await opens(server, session.visitor.id, {
    tenant,
    widget: widget.id,
    text: hide('question'),
  })
  const known = { ...session, view: first.conversation }
  const path = `/conversations/${first.conversation.key}`
  await ask(operator, 'POST', `${path}/claim`)
  await ask(operator, 'PATCH', path, { labels: [hide('label').slice(0, 40)] })
  const channel = online(server, operator).channels.get(first.conversation.channel)
  const { serials } = await channel.publish('note', { text: hide('note') })
  const { file, upload } = await files(server, known, `${hidden}.txt`)
  await onlineVisitor(server, known)
    .channels.get(known.view.channel)
    .publish({ name: 'file', extras: { attachments: [{ id: file }] } })
  await channel.publish('text', { text: hide('answer') })
  const queued = await visit(server, widget, { page })
  const second = await opens(server, queued.visitor.id, {
    tenant,
    widget: widget.id,
    text: hide('queue'),
  })
  const [over, idle] = [await visit(server, widget), await visit(server, widget)]
  const third = await opens(server, over.visitor.id, { tenant, widget: widget.id })
  const end = { reason: hidden, summary: hide('summary') }
  await ask(supervisor, 'POST', `/conversations/${third.conversation.key}/close`, end)
  await door(server, 'POST', `/conversations/${third.conversation.key}/rating`, {
    device: over.device,
    body: { score: 4, comment: hide('rating') },
  })
  const ids = {
    tenant,
    open: first.conversation.key,
    waiting: second.conversation.key,
    closed: third.conversation.key,
    channel: first.conversation.channel,
    visitor: session.visitor.id,
    idle: idle.visitor.id,
    external,
    operator: operator.id,
    widget: widget.id,
    widgetKey: widget.key,
    reply: String(reply.id),
    team,
    serial: String(serials[0]),
    file,
    upload,
    word: `${tenant}word`,
  }
  return {
    ids,
    widget,
    agent,
    operator,
    supervisor,
    admin,
    teammate,
    known,
    idle,
    key: String(key.key),
    hidden: [hidden, ids.open, ids.waiting, ids.closed, ids.visitor, ids.reply, ids.file],
  }
}

/** What there is of a tenant, as the owner's server reads it: an attack must leave it as it was. */
export async function stateOf(server: Serving, { ids }: Side): Promise<unknown> {
  const paths = [
    ...[ids.open, ids.waiting, ids.closed].map((key) => `/desk/conversations/${key}`),
    `/desk/conversations/${ids.open}/transcript`,
    `/desk/conversations?tenant=${ids.tenant}&state=closed`,
    `/desk/conversations?tenant=${ids.tenant}`,
    `/desk/widgets/${ids.widget}`,
    `/desk/visitors/${ids.visitor}`,
    `/desk/replies?tenant=${ids.tenant}`,
    `/desk/operators?tenant=${ids.tenant}`,
    `/desk/teams?tenant=${ids.tenant}`,
    `/tenants/${ids.tenant}`,
  ]
  const now = paths.map(async (path) => [path, (await byKey(server, 'GET', path)).body])
  // Who is on the site, and who is connected, changes by itself.
  const lasting = (name: string, value: unknown) =>
    name === 'onSite' || name === 'isConnected' ? undefined : value
  return JSON.parse(JSON.stringify(await Promise.all(now), lasting))
}
