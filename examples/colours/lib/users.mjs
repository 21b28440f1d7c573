// Who may sign in, and that it is they: a small file of names and scrypted passwords, and a signed cookie.

import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'

const COOKIE = 'colours'
const SESSION_SECONDS = 12 * 3600
const NOBODY = `${'0'.repeat(32)}:${'0'.repeat(64)}`

/** Four people: `{ id, name, password: 'salt:hash', role: 'painter' | 'administrator' }`. */
export const USERS = JSON.parse(readFileSync(new URL('../users.json', import.meta.url), 'utf8'))

/** What to write into `users.json` for a password. */
export function hashed(password, salt = randomBytes(16).toString('hex')) {
  return `${salt}:${scryptSync(password, salt, 32).toString('hex')}`
}

/** The user, if name and password are right; takes as long either way. */
export function userBy(name, password) {
  if (typeof name !== 'string' || typeof password !== 'string') return undefined
  const wanted = name.trim().toLowerCase()
  const user = USERS.find((one) => one.name.toLowerCase() === wanted)
  const known = user?.password ?? NOBODY
  const given = hashed(password.slice(0, 200), known.split(':')[0])
  return same(given, known) ? user : undefined
}

/** A cookie that says who signed in, until when, sealed with the server's own secret. */
export function cookieFor(user, secret) {
  const endsAt = Math.floor(Date.now() / 1000) + SESSION_SECONDS
  const said = `${user.id}.${endsAt}`
  return `${COOKIE}=${said}.${seal(said, secret)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_SECONDS}`
}

export const NO_COOKIE = `${COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`

/** The user of a request's cookies, if the seal is ours and has not ended. */
export function userOf(cookies = '', secret) {
  const value = cookies
    .split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${COOKIE}=`))
  const [id = '', endsAt = '', mac = ''] = value?.slice(COOKIE.length + 1).split('.') ?? []
  if (!same(mac, seal(`${id}.${endsAt}`, secret))) return undefined
  return Number(endsAt) * 1000 > Date.now() ? USERS.find((one) => one.id === id) : undefined
}

function seal(text, secret) {
  return createHmac('sha256', secret).update(`colours cookie ${text}`).digest('hex')
}

function same(one, other) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
