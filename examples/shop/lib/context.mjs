// Answers Sayso's question of what the shop knows of a visitor, if the question is signed with the secret the two share.

import { createHmac, timingSafeEqual } from 'node:crypto'

/** A question may be so old; seconds. */
const OLDEST_SECONDS = 300

/**
 * @param headers of the request
 * @param body    as it came, before it is parsed: the signature is over these bytes
 */
export function isSigned(secret, headers, body) {
  const id = headers['webhook-id'] ?? ''
  const seconds = headers['webhook-timestamp'] ?? ''
  if (!(Math.abs(Date.now() / 1_000 - Number(seconds)) < OLDEST_SECONDS)) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const right = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest()
  return String(headers['webhook-signature'] ?? '')
    .split(' ')
    .some((each) => {
      const said = Buffer.from(each.replace(/^v1,/, ''), 'base64')
      return said.length === right.length && timingSafeEqual(said, right)
    })
}

/** What operators see beside the conversation; undefined: the shop does not know this visitor. */
export function attributesOf(customers, { externalId }) {
  const customer = externalId === undefined ? undefined : customers.customer(externalId)
  if (customer === undefined) return undefined
  const orders = customers.orders(customer.id)
  const cents = orders.reduce((sum, order) => sum + order.cents, 0)
  const [last] = orders
  return {
    'Customer since': customer.since,
    Orders: orders.length,
    Spent: `${(cents / 100).toFixed(2)} €`,
    ...(last && { 'Last order': `${last.id}, ${last.what}, ${last.state}` }),
  }
}
