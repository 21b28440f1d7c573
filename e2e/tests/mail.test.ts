// Mails and what their links open: a real SMTP server, the pages' own calls, and the stock client in open sessions.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InboundMessage } from 'ably'
import { afterEach, describe, expect, test } from 'vitest'
import { page, signIn, tokenOf } from '../lib/account.ts'
import { admin } from '../lib/admin.ts'
import { heard } from '../lib/heard.ts'
import { type Mailbox, mailSettings, openMailbox } from '../lib/mailbox.ts'
import { clientOf, owner, signUp } from '../lib/person.ts'
import { freePort, type Server, type ServerOptions, startServer } from '../lib/server.ts'
import { until } from '../lib/stock.ts'
import { channelOf, home } from '../lib/words.ts'

const NEW_PASSWORD = 'another horse entirely'

const closers: (() => Promise<unknown> | undefined)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function withMail(
  env: Readonly<Record<string, string>> = {},
  options: ServerOptions = {},
): Promise<{ server: Server; mailbox: Mailbox }> {
  const mailbox = await openMailbox()
  closers.push(() => mailbox.close())
  const server = await startServer({ ...options, env: { ...mailbox.env, ...env } })
  closers.push(() => server.remove())
  return { server, mailbox }
}

const askForLink = (server: Server, email: string) =>
  page(server, '/api/auth/request-password-reset', { email })

describe('a mail', () => {
  test('is plain text and HTML, from whom the settings say, and escapes what people typed', async () => {
    const { server, mailbox } = await withMail()
    const ada = await signUp(server, 'Ada <b>&')
    const mail = await mailbox.next(ada.email)
    expect(mail.from).toBe('harbour@example.com')
    expect(mail.text).toContain('Hello Ada <b>&,')
    expect(mail.html).toContain('Hello Ada &lt;b&gt;&amp;,')
    expect(mail.html).toContain(`href="${mail.link}"`)
    expect(mail.link.startsWith(`${server.url}/confirm#`)).toBe(true)
  })

  test('waits until the mail server is there, also over a restart, and nobody waits for it', async () => {
    const port = await freePort()
    const first = await startServer({ env: mailSettings(port) })
    closers.push(() => server.remove())
    const ada = await signUp(first, 'Ada')
    await first.kill('SIGKILL')
    const mailbox = await openMailbox(port)
    closers.push(() => mailbox.close())
    const server = await first.restart()
    expect((await mailbox.next(ada.email)).subject).toBe('Confirm your e-mail for Sayso')
  })

  test('leaves no secret behind: not in the log, not in the data', async () => {
    const { server, mailbox } = await withMail({ SAYSO_LOG: 'debug' })
    const ada = await signUp(server, 'Ada')
    await mailbox.next(ada.email)
    await askForLink(server, ada.email)
    const token = tokenOf((await mailbox.next(ada.email)).link)
    await page(server, '/api/auth/reset-password', { token, newPassword: NEW_PASSWORD })
    await mailbox.next(ada.email)
    await server.kill('SIGTERM')
    const secrets = [token, NEW_PASSWORD, 'p/st:w@rd', encodeURIComponent('p/st:w@rd')]
    expect(server.output()).toContain('mail sent')
    const data = readdirSync(server.data, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(server.data, name), 'latin1'))
    for (const secret of secrets) {
      expect(server.output()).not.toContain(secret)
      for (const file of data) expect(file.includes(secret)).toBe(false)
    }
    expect(server.output()).not.toContain(ada.email)
  })
})

describe('a new password', () => {
  test('is chosen by a link that works once, and everybody else is out at once', async () => {
    const { server, mailbox } = await withMail()
    const ada = await signUp(server, 'Ada')
    await mailbox.next(ada.email)
    const client = clientOf(server, ada)
    closers.push(async () => client.close())
    await until(client, 'connected')
    const gone = new Promise<void>((resolve) =>
      client.connection.once('disconnected', () => resolve()),
    )

    expect((await askForLink(server, ada.email)).status).toBe(200)
    const mail = await mailbox.next(ada.email)
    expect(mail.subject).toBe('Choose a new password for Sayso')
    expect(mail.link.startsWith(`${server.url}/reset#`)).toBe(true)
    const choice = { token: tokenOf(mail.link), newPassword: NEW_PASSWORD }
    expect((await page(server, '/api/auth/reset-password', choice)).status).toBe(200)

    await gone
    await expect(ada.token()).rejects.toThrow('401')
    expect((await signIn(server, ada.email, ada.password)).status).toBe(401)
    expect((await signIn(server, ada.email, NEW_PASSWORD)).status).toBe(200)
    expect((await mailbox.next(ada.email)).subject).toBe('Your password for Sayso was changed')
    const again = await page(server, '/api/auth/reset-password', choice)
    expect([again.status, again.body.code]).toEqual([400, 'INVALID_TOKEN'])
  })

  test('is offered to an unknown address in the same words, and nothing is sent', async () => {
    const { server, mailbox } = await withMail()
    const ada = await signUp(server, 'Ada')
    await mailbox.next(ada.email)
    const known = await askForLink(server, ada.email)
    const unknown = await askForLink(server, 'nobody@example.com')
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
    const bad = await askForLink(server, 'no address')
    expect([bad.status, bad.body.code]).toEqual([400, 'INVALID_EMAIL'])
    // Whatever is sent after it has passed the other by.
    await mailbox.next(ada.email)
    expect(mailbox.mails.map(({ to }) => to)).toEqual([ada.email, ada.email])
  })

  test('is not offered without end: by address of the asker, and by mailbox', async () => {
    const { server, mailbox } = await withMail()
    const ada = await signUp(server, 'Ada')
    await mailbox.next(ada.email)
    for (let round = 0; round < 7; round += 1) await askForLink(server, ada.email)
    const bob = await signUp(server, 'Bob')
    await mailbox.next(bob.email)
    await server.kill('SIGTERM')
    const offers = mailbox.mails.filter(({ subject }) => subject.startsWith('Choose'))
    expect(offers).toHaveLength(5)

    const strict = await withMail({ SAYSO_SIGN_IN_LIMIT: 'on' })
    const statuses: number[] = []
    for (let round = 0; round < 6; round += 1)
      statuses.push((await askForLink(strict.server, `x${round}@example.com`)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })

  test('without mails: it says so, and who manages people makes the link by hand', async () => {
    const server = await startServer()
    closers.push(() => server.remove())
    const grace = await owner(server)
    const ada = await signUp(server, 'Ada')
    const asked = await askForLink(server, ada.email)
    expect([asked.status, asked.body.code]).toEqual([503, 'MAIL_OFF'])

    const path = `/people/${ada.id}/password_link`
    const as = ({ cookie }: { cookie: string }) => ({ cookie, origin: server.url })
    expect((await admin(server, 'POST', path, undefined, as(ada))).status).toBe(403)
    const made = await admin(server, 'POST', path, undefined, as(grace))
    expect(made.status).toBe(201)
    const token = tokenOf(String(made.body.url))
    const choice = { token, newPassword: NEW_PASSWORD }
    expect((await page(server, '/api/auth/reset-password', choice)).status).toBe(200)
    expect((await signIn(server, ada.email, NEW_PASSWORD)).status).toBe(200)
    const audit = await admin(server, 'POST', '/people/nobody/password_link')
    expect([audit.status, audit.body.code]).toEqual([404, 'person_unknown'])
  })
})

describe('an e-mail', () => {
  test('is confirmed by its link, which opens what rules give to confirmed people at once', async () => {
    const { server, mailbox } = await withMail()
    const { text } = (await admin(server, 'GET', '/policy')).body as { text: string }
    const rule = `      - { id: confirmed, forbid: [publish], when: "!subject.verified" }\n`
    const edited = text.replace('    rules:\n', `    rules:\n${rule}`)
    expect((await admin(server, 'PUT', '/policy', { text: edited })).status).toBe(200)
    const ada = await signUp(server, 'Ada')
    const client = clientOf(server, ada)
    closers.push(async () => client.close())
    const view = heard<InboundMessage>()
    const channel = client.channels.get(`[permissions]${channelOf(home)}`)
    await channel.subscribe((message) => view.add(message))
    const before = await view.first(({ name }) => name === 'snapshot')
    expect(before.data.actions).not.toContain('publish')

    const token = tokenOf((await mailbox.next(ada.email)).link)
    const path = `/api/auth/verify-email?token=${encodeURIComponent(token)}`
    expect((await page(server, path)).status).toBe(200)
    const after = await view.first(({ name }) => name === 'change')
    expect(after.data.actions).toContain('publish')
    const session = await page(server, '/api/v1/session', undefined, { cookie: ada.cookie })
    expect(session.body.person).toMatchObject({ verified: true })
    expect((await page(server, '/api/auth/verify-email?token=made.up.token')).status).toBe(401)
  })

  test('must be confirmed before the first sign-in, where it is set so', async () => {
    const { server, mailbox } = await withMail({ SAYSO_VERIFIED_ONLY: '1' })
    const grace = await owner(server)
    expect(grace.id).not.toBe('')
    const account = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }
    const made = await page(server, '/api/auth/sign-up/email', account)
    expect([made.status, made.cookie]).toEqual([200, ''])
    const early = await signIn(server, account.email, account.password)
    expect([early.status, early.body.code]).toEqual([403, 'EMAIL_NOT_VERIFIED'])
    // An address that has an account is answered alike; its owner hears of it.
    const twice = await page(server, '/api/auth/sign-up/email', account)
    expect(twice.status).toBe(200)
    const { link } = await mailbox.next(account.email)
    const path = `/api/auth/verify-email?token=${encodeURIComponent(tokenOf(link))}`
    expect((await page(server, path)).status).toBe(200)
    expect((await signIn(server, account.email, account.password)).status).toBe(200)
    const isTold = ({ subject }: { subject: string }) => subject === 'You have an account at Sayso'
    while (!mailbox.mails.some(isTold)) await mailbox.next(account.email)
  })

  test('is changed once the new address is confirmed, by a link that works once', async () => {
    const { server, mailbox } = await withMail()
    const ada = await signUp(server, 'Ada')
    await mailbox.next(ada.email)
    const newEmail = 'ada@new.example.com'
    const { cookie } = ada
    const asked = await page(server, '/api/auth/change-email', { newEmail }, { cookie })
    expect(asked.status).toBe(200)
    expect((await mailbox.next(ada.email)).text).toContain(newEmail)
    const mail = await mailbox.next(newEmail)
    expect(mail.subject).toBe('Confirm your new e-mail for Sayso')
    expect((await signIn(server, newEmail, ada.password)).status).toBe(401)
    const path = `/api/auth/verify-email?token=${encodeURIComponent(tokenOf(mail.link))}`
    expect((await page(server, path)).status).toBe(200)
    const session = await page(server, '/api/v1/session', undefined, { cookie })
    expect(session.body.person).toMatchObject({ email: newEmail, verified: true })
    expect((await signIn(server, newEmail, ada.password)).status).toBe(200)
    const again = await page(server, path)
    expect([again.status, again.body.code]).toEqual([400, 'INVALID_TOKEN'])
  })
})

test('settings of mail that cannot work stop the start with a sentence, and say no password', async () => {
  const start = (env: Record<string, string>) => startServer({ env })
  const url = 'smtp://me:hunter2hunter2@host/path'
  const wrong = start({ SAYSO_SMTP_URL: url, SAYSO_MAIL_FROM: 'not an address' })
  const why = await wrong.then(
    () => '',
    (error: Error) => error.message,
  )
  expect(why).toContain('SAYSO_SMTP_URL must end after the port')
  expect(why).toContain('SAYSO_MAIL_FROM must be an address')
  expect(why).not.toContain('hunter2')
  await expect(start({ SAYSO_SMTP_URL: 'smtp://host' })).rejects.toThrow('belong together')
  await expect(start({ SAYSO_VERIFIED_ONLY: '1' })).rejects.toThrow('needs SAYSO_SMTP_URL')
})
