// Says who a customer is to the widget: a token the shop signs with the widget's key, which never leaves this server.

import { createHmac } from 'node:crypto'

const LIFE_SECONDS = 3_600

/**
 * @param customer who is signed in at the shop
 * @param widget   its id and one of its keys
 */
export function identityOf(customer, { id, key }) {
  const now = Math.floor(Date.now() / 1_000)
  const header = { alg: 'HS256', typ: 'JWT', kid: key.id }
  const claims = {
    sub: customer.id,
    name: customer.name,
    email: customer.email,
    aud: id,
    iat: now,
    exp: now + LIFE_SECONDS,
  }
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createHmac('sha256', key.secret).update(text).digest('base64url')}`
}
