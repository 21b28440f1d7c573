// People through the public doors: invitations, groups, the users file, where one is signed in.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Ably from 'ably'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, page, signIn } from '../lib/account.ts'
import { admin, change } from '../lib/admin.ts'
import { heard } from '../lib/heard.ts'
import { type Mailbox, openMailbox } from '../lib/mailbox.ts'
import { clientOf, owner, type Person, signUp } from '../lib/person.ts'
import { type Server, startServer } from '../lib/server.ts'
import { until } from '../lib/stock.ts'
import { channelOf, document, home, inner, promotion } from '../lib/words.ts'

const PASSWORD = 'correct horse battery'
const closers: (() => Promise<unknown> | undefined)[] = []
const clients: Ably.Realtime[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const close of closers.splice(0).reverse()) await close()
})

const asPage = (server: Server, { cookie }: { cookie: string }) => ({ cookie, origin: server.url })

function connect(server: Server, who: Person): Ably.Realtime {
  const client = clientOf(server, who)
  clients.push(client)
  return client
}

/** Who signed in by name, as tokens for the stock client. */
function personBy(server: Server, id: string, answered: Answered): Person {
  const { cookie } = answered
  const token = async () => {
    const answer = await fetch(`${server.url}/api/realtime/token`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`token: ${answer.status}`)
    return answer.text()
  }
  return { id, name: id, email: '', password: PASSWORD, cookie, token }
}

async function viewOf(client: Ably.Realtime, name: string) {
  const view = heard<Ably.InboundMessage>()
  await client.channels.get(name).subscribe((message) => view.add(message))
  return view
}

describe('an invitation', () => {
  let server: Server
  let mailbox: Mailbox
  let grace: Person
  beforeAll(async () => {
    mailbox = await openMailbox()
    server = await startServer({ env: { ...mailbox.env, SAYSO_SIGN_UP: 'invite' } })
    grace = await owner(server)
  })
  afterAll(async () => {
    await server.remove()
    await mailbox.close()
  })
  const invite = (body: object, who: Person = grace) =>
    admin(server, 'POST', '/invitations', body, asPage(server, who))
  const tokenIn = (url: unknown) => new URL(String(url)).searchParams.get('invite') ?? ''
  const accept = (token: string, email: string) =>
    page(
      server,
      '/api/auth/sign-up/email',
      { name: 'Ada', email, password: PASSWORD },
      { headers: { 'x-sayso-invitation': token } },
    )

  test('comes by mail, makes one account, and gives its roles with it', async () => {
    const on = `${promotion?.type}:${inner}`
    const role = promotion?.replaces
    const expires_at = new Date(Date.now() + 3_600_000).toISOString()
    const made = await invite({
      email: 'Ada@example.com',
      note: 'We need you.',
      roles: [{ role, on, expires_at }],
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ state: 'open', email: 'ada@example.com' })
    expect(made.body.hint).toBeUndefined()
    const mail = await mailbox.next('ada@example.com')
    expect(mail.subject).toBe('Grace Hopper invites you to Sayso')
    expect(mail.text).toContain('We need you.')
    expect(mail.link).toBe(made.body.url)
    const token = tokenIn(mail.link)
    const seen = await page(server, '/api/v1/invitations/look', { token })
    expect(seen.body).toEqual({ state: 'open', by: 'Grace Hopper', email: 'ada@example.com' })

    const other = await accept(token, 'eve@example.com')
    expect([other.status, other.body.code]).toEqual([403, 'INVITATION_FOR_ANOTHER'])
    const joined = await accept(token, 'ada@example.com')
    expect(joined.status).toBe(200)
    const again = await accept(token, 'ada@example.com')
    expect(again.status).toBe(403)
    const session = await page(server, '/api/v1/session', undefined, { cookie: joined.cookie })
    const { id } = session.body.person as { id: string }
    const client = connect(server, personBy(server, id, joined))
    await client.channels.get(channelOf(inner)).attach()
    const list = await admin(server, 'GET', '/invitations')
    expect(list.body.items).toMatchObject([{ state: 'used', acceptedBy: { id, name: 'Ada' } }])
    expect(JSON.stringify(list.body.items)).not.toContain(token)
  })

  test('is a link to copy if nobody is named; two who use it at once: one is in', async () => {
    const made = await invite({})
    expect(String(made.body.hint)).toContain('Copy the link')
    const token = tokenIn(made.body.url)
    const both = await Promise.all([1, 2].map((n) => accept(token, `twin${n}@example.com`)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
  })

  test('can be taken back and sent again, by those who invite only', async () => {
    const email = 'linus@example.com'
    const { body } = await invite({ email })
    await mailbox.next(email)
    const sent = await admin(server, 'POST', `/invitations/${body.id}/send`)
    expect(sent.status).toBe(200)
    expect((await mailbox.next(email)).link).toBe(body.url)
    const gone = await admin(server, 'DELETE', `/invitations/${body.id}`)
    expect(gone.body).toMatchObject({ state: 'revoked' })
    const refused = await accept(tokenIn(body.url), email)
    expect([refused.status, refused.body.code]).toEqual([403, 'INVITATION_REVOKED'])
    expect((await admin(server, 'DELETE', `/invitations/${body.id}`)).status).toBe(409)
    expect((await admin(server, 'DELETE', '/invitations/none')).status).toBe(404)
    const made = await invite({})
    const ada = await accept(tokenIn(made.body.url), 'someone@example.com')
    const denied = await admin(server, 'POST', '/invitations', {}, asPage(server, ada))
    expect([denied.status, denied.body.code]).toEqual([403, 'denied'])
    expect((await accept('1.made-up', 'x@example.com')).body.code).toBe('INVITATION_INVALID')
  })

  test('gives only what whoever invited may still give, also to somebody with an account', async () => {
    const boss = tokenIn((await invite({})).body.url)
    const signed = await accept(boss, 'second@example.com')
    const session = await page(server, '/api/v1/session', undefined, { cookie: signed.cookie })
    const second = session.body.person as { id: string }
    const place = 'tenant:default'
    const roles = Object.entries((await policy(server)).tenant.roles)
    const role = roles.find(([, { can }]) => can?.tenant?.includes('*'))?.[0]
    await change(server, { assign: `${place}#${role}@user:${second.id}` })
    const promised = { roles: [{ role, on: place }] }
    const good = await admin(server, 'POST', '/invitations', promised, asPage(server, signed))
    const late = await admin(server, 'POST', '/invitations', promised, asPage(server, signed))
    const third = await accept(tokenIn((await invite({})).body.url), 'third@example.com')
    const token = tokenIn(good.body.url)
    const taken = await page(server, '/api/v1/invitations/accept', { token }, third)
    expect(taken.status).toBe(200)
    expect(
      (await admin(server, 'GET', '/invitations', undefined, asPage(server, third))).status,
    ).toBe(200)
    expect((await page(server, '/api/v1/invitations/accept', { token }, third)).status).toBe(409)

    await change(server, { unassign: `${place}#${role}@user:${second.id}` })
    const fourth = await accept(tokenIn(late.body.url), 'fourth@example.com')
    expect(fourth.status).toBe(200)
    const no = await admin(server, 'GET', '/invitations', undefined, asPage(server, fourth))
    expect(no.status).toBe(403)
    const unknown = { roles: [{ role: 'emperor', on: place }] }
    expect((await invite(unknown)).body.code).toBe('role_unknown')
  })
})

async function policy(server: Server) {
  const { body } = await admin(server, 'GET', '/policy')
  return body.document as {
    tenant: { roles: Record<string, { can?: { tenant?: readonly string[] } }> }
  }
}

describe('a group', () => {
  test('gives its members what it has, and takes it, in open sessions at once', async () => {
    const server = await startServer()
    closers.push(() => server.remove())
    await owner(server)
    const ada = await signUp(server, 'Ada')
    const made = await admin(server, 'POST', '/groups', { key: 'support', title: 'Support' })
    expect([made.status, made.body]).toEqual([
      201,
      { key: 'support', title: 'Support', tenant: document.tenant.key, members: 0, holds: [] },
    ])
    const taken = await admin(server, 'POST', '/groups', { key: 'support' })
    expect([taken.status, taken.body.code]).toEqual([409, 'conflict'])
    const on = `${promotion?.type}:${inner}`
    await change(server, { assign: `${on}#${promotion?.replaces}@group:support#member` })

    const client = connect(server, ada)
    const view = await viewOf(client, `[permissions]${channelOf(inner)}`)
    await view.first(({ name }) => name === 'snapshot')
    const members = '/groups/support/members'
    const added = await admin(server, 'POST', members, { members: [ada.id] })
    expect(added.status).toBe(200)
    const gained = await view.first(({ name }) => name === 'change')
    expect(gained.data.actions).toContain('subscribe')
    const channel = client.channels.get(channelOf(inner))
    await channel.attach()
    const list = await admin(server, 'GET', members)
    expect(list.body.items).toMatchObject([
      { member: `user:${ada.id}`, roles: ['member'], person: { name: 'Ada' } },
    ])
    expect((await admin(server, 'GET', '/groups/support')).body.holds).toEqual([
      `${on}#${promotion?.replaces}`,
    ])

    const closed = new Promise<Ably.ChannelStateChange>((resolve) =>
      channel.once('failed', resolve),
    )
    await admin(server, 'DELETE', members, { members: [ada.id] })
    expect((await closed).reason?.code).toBe(40160)
    await admin(server, 'POST', members, { members: [ada.id], role: 'lead' })
    const bob = await signUp(server, 'Bob')
    const asLead = asPage(server, ada)
    expect((await admin(server, 'POST', members, { members: [bob.id] }, asLead)).status).toBe(200)
    const asBob = await admin(server, 'POST', members, { members: [bob.id] }, asPage(server, bob))
    expect([asBob.status, asBob.body.code]).toEqual([403, 'denied'])
    const nobody = await admin(server, 'POST', members, { members: ['nobody'] })
    expect([nobody.status, nobody.body.code]).toEqual([404, 'person_unknown'])

    await channel.attach()
    const ended = new Promise<Ably.ChannelStateChange>((resolve) => channel.once('failed', resolve))
    expect((await admin(server, 'DELETE', '/groups/support')).status).toBe(200)
    expect((await ended).reason?.code).toBe(40160)
    // Another of the same name finds nothing of the first.
    await admin(server, 'POST', '/groups', { key: 'support' })
    expect((await admin(server, 'GET', '/groups/support')).body).toMatchObject({
      members: 0,
      holds: [],
    })
    // A group can be of a tenant, from the start or later.
    await admin(server, 'PUT', '/tenants/acme', { attributes: {} })
    const inAcme = { key: 'acme-crew', tenant: 'acme' }
    expect((await admin(server, 'POST', '/groups', inAcme)).body.tenant).toBe('acme')
    const own = String((await admin(server, 'GET', '/groups/support')).body.tenant)
    for (const tenant of [own, 'acme']) {
      const moved = await admin(server, 'PATCH', '/groups/acme-crew', { tenant })
      expect([moved.status, moved.body.tenant]).toEqual([200, tenant])
    }
    const nowhere = await admin(server, 'PATCH', '/groups/acme-crew', { tenant: 'nowhere' })
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'resource_unknown'])
    expect((await admin(server, 'DELETE', '/tenants/acme')).status).toBe(200)
    expect((await admin(server, 'GET', '/groups/acme-crew')).status).toBe(404)
    const pages: string[] = []
    await admin(server, 'POST', '/groups', { key: 'crew' })
    for (let after = ''; ; ) {
      const { body } = await admin(server, 'GET', `/groups?limit=1${after}`)
      pages.push(...(body.items as { key: string }[]).map(({ key }) => key))
      if (body.next === undefined) break
      after = `&after=${encodeURIComponent(String(body.next))}`
    }
    expect(pages).toEqual(['crew', 'support'])
  })

  test('needs a policy that knows groups, and says what to add', async () => {
    const server = await startServer()
    closers.push(() => server.remove())
    const { document } = (await admin(server, 'GET', '/policy')).body as {
      document: {
        types: Record<string, unknown>
        tenant: { roles: Record<string, { can?: Record<string, unknown> }> }
        settings: { desk?: unknown }
      }
    }
    // Conversations are of teams, which are groups.
    for (const type of ['group', 'conversation']) {
      delete document.types[type]
      for (const { can } of Object.values(document.tenant.roles)) delete can?.[type]
    }
    delete document.settings.desk
    const text = JSON.stringify(document)
    expect((await admin(server, 'PUT', '/policy', { text })).status).toBe(200)
    const refused = await admin(server, 'POST', '/groups', { key: 'support' })
    expect([refused.status, refused.body.code]).toEqual([409, 'type_unknown'])
    expect(String(refused.body.remedy)).toContain('manage-members')
  })
})

describe('the users file', () => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sayso-users-'))
    file = join(folder, 'users.yml')
  })
  afterAll(() => rm(folder, { recursive: true }))
  const start = async () => {
    const server = await startServer({ env: { SAYSO_USERS: file, SAYSO_LOG: 'info' } })
    closers.push(() => server.remove())
    return server
  }
  /** Rules see `subject.team`; nobody else does. */
  const withRule = async (server: Server) => {
    const { text } = (await admin(server, 'GET', '/policy')).body as { text: string }
    const rule = `      - { id: red, forbid: [publish], when: "subject.team != 'red'" }\n`
    const edited = text.replace('    rules:\n', `    rules:\n${rule}`)
    expect((await admin(server, 'PUT', '/policy', { text: edited })).status).toBe(200)
  }
  const users = (team: string, theme: string) => `
ada:
  name: Ada Lovelace
  email: ada@file.example.com
  password: in the clear
  clear: true
  serverData: { team: ${team}, secretWord: xyzzy-4711 }
  clientData: { theme: ${theme} }
`

  test('lets people in by name or e-mail; rules see serverData, screens get clientData, live', async () => {
    await writeFile(file, users('blue', 'dark'))
    const server = await start()
    await withRule(server)
    expect((await signIn(server, 'ada', 'wrong password')).status).toBe(401)
    expect((await signIn(server, 'ada@file.example.com', 'in the clear')).status).toBe(200)
    const entered = await signIn(server, 'ada', 'in the clear')
    expect(entered.status).toBe(200)
    const ada = personBy(server, 'ada', entered)
    const session = await page(server, '/api/v1/session', undefined, ada)
    expect(session.body).toMatchObject({
      names: true,
      person: { id: 'ada', name: 'Ada Lovelace', clientData: { theme: 'dark' } },
    })
    const client = connect(server, ada)
    const here = await viewOf(client, `[permissions]${channelOf(home)}`)
    const all = await viewOf(client, '[permissions]*')
    const before = await here.first(({ name }) => name === 'snapshot')
    expect(before.data.actions).not.toContain('publish')
    const given = await all.first(({ name }) => name === 'snapshot')
    expect(given.data.clientData).toEqual({ theme: 'dark' })

    await writeFile(file, users('red', 'light'))
    const after = await here.first(({ name }) => name === 'change')
    expect(after.data.actions).toContain('publish')
    const changed = await all.first(({ name }) => name === 'change')
    expect(changed.data.clientData).toEqual({ theme: 'light' })

    const question = { action: 'publish', resource: channelOf(home) }
    const told = [
      session.body,
      here.all.map(({ data }) => data),
      all.all.map(({ data }) => data),
      (await page(server, '/api/v1/session', undefined, ada)).body,
      (await page(server, '/api/v1/explain', question, ada)).body,
      (await page(server, `/api/v1/channels/${home}/people`, undefined, ada)).body,
      (await page(server, '/api/auth/get-session', undefined, ada)).body,
      Buffer.from((await ada.token()).split('.')[1] ?? '', 'base64url').toString(),
    ]
    expect(JSON.stringify(told)).not.toMatch(/xyzzy|secretWord|team/)
    for (const [path, body] of [
      ['/api/auth/change-password', { currentPassword: 'in the clear', newPassword: PASSWORD }],
      ['/api/auth/update-user', { name: 'Somebody' }],
    ] as const) {
      const refused = await page(server, path, body, ada)
      expect([refused.status, refused.body.code]).toEqual([403, 'IN_USERS_FILE'])
    }
  })

  test('puts out who leaves it or gets another password, also while the server was down', async () => {
    await writeFile(file, `${users('red', 'dark')}bob: { password: knock knock, clear: true }\n`)
    const server = await start()
    const ada = personBy(server, 'ada', await signIn(server, 'ada', 'in the clear'))
    const client = connect(server, ada)
    await until(client, 'connected')
    const cut = new Promise<void>((resolve) =>
      client.connection.once('disconnected', () => resolve()),
    )
    await writeFile(file, 'bob: { password: knock knock, clear: true }\n')
    await cut
    await expect(ada.token()).rejects.toThrow('401')
    expect((await signIn(server, 'ada', 'in the clear')).status).toBe(401)
    const bob = await signIn(server, 'bob', 'knock knock')
    expect((await page(server, '/api/v1/session', undefined, bob)).body.person).toMatchObject({
      id: 'bob',
    })
    await server.kill('SIGTERM')
    await writeFile(file, 'bob: { password: open sesame, clear: true }\n')
    const again = await server.restart()
    closers.push(() => again.remove())
    expect((await page(again, '/api/v1/session', undefined, bob)).body.person).toBeUndefined()
    expect((await signIn(again, 'bob', 'knock knock')).status).toBe(401)
    expect((await signIn(again, 'bob', 'open sesame')).status).toBe(200)
  })

  test('that cannot be used stops the start, with line and column and without the password', async () => {
    await writeFile(file, 'ada:\n  password: hunter2hunter2\n  colour: red\n')
    const why = await startServer({ env: { SAYSO_USERS: file } }).then(
      () => '',
      (error: Error) => error.message,
    )
    expect(why).toContain(`${file}:3:3: \`colour\` is not known here`)
    await writeFile(file, 'ada:\n  password: hunter2hunter2\n')
    await expect(startServer({ env: { SAYSO_USERS: file } })).rejects.toThrow(
      ':2:3: the password is not hashed',
    )
    expect(why).not.toContain('hunter2')
  })

  test('newcomers’ rights are given at the first sign-in, once, also to people an import made known', async () => {
    await writeFile(file, 'bob: { password: knock knock, clear: true }\n')
    const server = await start()
    await change(server, { person: 'user:bob', attributes: { imported: true } })
    const attach = async (host: Server, cookie: Answered) => {
      const client = connect(host, personBy(host, 'bob', cookie))
      const channel = client.channels.get(channelOf(home))
      return channel.attach().then(
        () => 'in',
        (error: Ably.ErrorInfo) => String(error.code),
      )
    }
    expect(await attach(server, await signIn(server, 'bob', 'knock knock'))).toBe('in')
    const on = `${promotion?.type}:${home}`
    await change(server, { unassign: `${on}#${promotion?.replaces}@user:bob` })
    expect(await attach(server, await signIn(server, 'bob', 'knock knock'))).toBe('40160')
    await server.kill('SIGTERM')
    const again = await server.restart()
    closers.push(() => again.remove())
    expect(await attach(again, await signIn(again, 'bob', 'knock knock'))).toBe('40160')
  })
})

describe('where one is signed in', () => {
  test('is listed, and ended in one place or everywhere, with what is connected from there', async () => {
    const server = await startServer()
    closers.push(() => server.remove())
    const here = await signUp(server, 'Ada')
    const phone = personBy(server, here.id, await signIn(server, here.email, here.password))
    const list = await page(server, '/api/v1/me/sessions', undefined, here)
    const items = list.body.items as { id: string; current: boolean }[]
    expect(items.map(({ current }) => current).sort()).toEqual([false, true])
    expect(JSON.stringify(items)).not.toContain(here.cookie.split('=')[1]?.slice(0, 20))

    const [mine, theirs] = [connect(server, here), connect(server, phone)]
    await Promise.all([until(mine, 'connected'), until(theirs, 'connected')])
    const cut = new Promise<void>((resolve) =>
      theirs.connection.once('disconnected', () => resolve()),
    )
    const { id } = items.find(({ current }) => !current) ?? { id: '' }
    const path = `/api/v1/me/sessions/${id}`
    const options = { cookie: here.cookie, method: 'DELETE' }
    expect((await page(server, path, undefined, options)).body).toEqual({ ended: 1 })
    await cut
    await expect(phone.token()).rejects.toThrow('401')
    expect(mine.connection.state).toBe('connected')
    expect((await page(server, path, undefined, options)).body.code).toBe('session_unknown')

    const out = new Promise<void>((resolve) =>
      mine.connection.once('disconnected', () => resolve()),
    )
    const everywhere = await page(server, '/api/v1/me/sessions', undefined, options)
    expect(everywhere.body).toEqual({ ended: 1 })
    await out
    expect((await page(server, '/api/v1/me/sessions', undefined, here)).status).toBe(401)
  })
})
