// Sign-in on the store's own dialect: the one writer carries both, and what was written survives a restart.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '@sayso/store/sqlite'
import { afterEach, expect, test } from 'vitest'
import { openSignIn } from './sign-in.ts'

const ORIGIN = 'http://127.0.0.1:8080'
const PASSWORD = 'four unrelated words here'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function openPlace(folder: string) {
  const store = await openSqliteStore({ folder })
  closers.push(() => store.close())
  const signIn = await openSignIn({
    dialect: store.authDialect,
    secret: 'a secret that is only for these tests',
    publicUrl: ORIGIN,
    trustedOrigins: [],
    signUp: 'open',
    rateLimit: true,
    now: Date.now,
  })
  const post = (path: string, body: object, from: string) =>
    signIn.handle(
      new Request(`${ORIGIN}/api/auth${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: ORIGIN },
        body: JSON.stringify(body),
      }),
      from,
    )
  return { store, signIn, post }
}

test('people sign up while the store writes, and are known after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sign-in-'))
  closers.push(() => rm(folder, { recursive: true }))
  const first = await openPlace(folder)
  const people = ['ada', 'grace', 'edsger', 'barbara']
  const signingUp = people.map((name, at) => {
    const body = { name, email: `${name}@example.com`, password: PASSWORD }
    return first.post('/sign-up/email', body, `203.0.113.${at}`)
  })
  const claims = people.map((name) => first.store.claim(name, 0, 1))
  const signedUp = await Promise.all(signingUp)
  expect(signedUp.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(await Promise.all(claims)).toEqual([true, true, true, true])

  const cookies = signedUp.map((response) =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  )
  await first.store.close()

  const second = await openPlace(folder)
  for (const [at, name] of people.entries()) {
    const headers = new Headers({ cookie: cookies[at] ?? '' })
    expect(await second.signIn.session(headers)).toMatchObject({ name })
  }
  const body = { email: 'ada@example.com', password: 'a wrong guess' }
  const statuses: number[] = []
  for (let attempt = 0; attempt < 6; attempt++)
    statuses.push((await second.post('/sign-in/email', body, '203.0.113.9')).status)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
})

test('two who take one e-mail at the same instant: one gets it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sign-in-'))
  closers.push(() => rm(folder, { recursive: true }))
  const { post } = await openPlace(folder)
  const body = { name: 'Ada', email: 'ada@example.com', password: PASSWORD }
  const both = await Promise.all(
    ['203.0.113.1', '203.0.113.2'].map((from) => post('/sign-up/email', body, from)),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
  for (const response of both.filter(({ status }) => status === 422))
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('e-mail') })
})

test('when the store has gone, sign-in says so and does not throw', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sign-in-'))
  closers.push(() => rm(folder, { recursive: true }))
  const { store, post } = await openPlace(folder)
  await store.close()
  const body = { email: 'ada@example.com', password: PASSWORD }
  const response = await post('/sign-in/email', body, '203.0.113.1')
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ code: 'SIGN_IN_UNAVAILABLE' })
})
