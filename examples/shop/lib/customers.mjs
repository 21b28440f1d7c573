// The shop's own database: who its customers are, what they ordered, and who is signed in. Sayso never sees it; it is told what
// the shop chooses to tell.

import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const { DatabaseSync } =
  process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))

const SESSION_MS = 7 * 86_400_000

/** Everybody's password in the example. */
export const PASSWORD = 'stoneware'

const PEOPLE = [
  { id: 'c-1001', name: 'Inès Moreau', email: 'ines@example.com', since: '2023-04-02' },
  { id: 'c-1002', name: 'Jonas Weber', email: 'jonas@example.com', since: '2025-11-19' },
]
const ORDERS = [
  { id: 20931, customer: 'c-1001', what: 'Cup, sea × 2', cents: 3800, state: 'delivered' },
  { id: 20877, customer: 'c-1001', what: 'Carafe, sand', cents: 6400, state: 'delivered' },
  { id: 21004, customer: 'c-1002', what: 'Bowl, lichen', cents: 3200, state: 'packed' },
]

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS customers (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, since TEXT NOT NULL,
    salt BLOB NOT NULL, hash BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY, customer TEXT NOT NULL REFERENCES customers, what TEXT NOT NULL,
    cents INTEGER NOT NULL, state TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    token TEXT PRIMARY KEY, customer TEXT NOT NULL REFERENCES customers, until INTEGER NOT NULL
  ) STRICT;
`

/** @param folder where the shop keeps its things */
export function openCustomers(folder) {
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(join(folder, 'shop.db'))
  db.exec(SCHEMA)
  fill(db)
  const byEmail = db.prepare('SELECT * FROM customers WHERE email = ?')
  const byId = db.prepare('SELECT id, name, email, since FROM customers WHERE id = ?')
  const ordersOf = db.prepare('SELECT * FROM orders WHERE customer = ? ORDER BY id DESC')
  const signIn = db.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
  const signOut = db.prepare('DELETE FROM sessions WHERE token = ?')
  const session = db.prepare('SELECT customer FROM sessions WHERE token = ? AND until > ?')
  return {
    /** A session's token, or undefined if e-mail and password do not go together. */
    signIn(email, password) {
      const found = byEmail.get(String(email))
      if (found === undefined || !isRight(found, String(password))) return undefined
      const token = randomBytes(24).toString('base64url')
      signIn.run(token, found.id, Date.now() + SESSION_MS)
      return token
    },
    signOut: (token) => void signOut.run(token),
    signedIn(token) {
      const found = session.get(String(token), Date.now())
      return found && byId.get(found.customer)
    },
    customer: (id) => byId.get(String(id)),
    orders: (id) => ordersOf.all(String(id)),
    close: () => db.close(),
  }
}

function fill(db) {
  const put = db.prepare('INSERT OR IGNORE INTO customers VALUES (?, ?, ?, ?, ?, ?)')
  for (const { id, name, email, since } of PEOPLE) {
    const salt = randomBytes(16)
    put.run(id, name, email, since, salt, hashOf(PASSWORD, salt))
  }
  const order = db.prepare('INSERT OR IGNORE INTO orders VALUES (?, ?, ?, ?, ?)')
  for (const { id, customer, what, cents, state } of ORDERS)
    order.run(id, customer, what, cents, state)
}

const hashOf = (password, salt) => scryptSync(password, salt, 32)

const isRight = ({ salt, hash }, password) =>
  timingSafeEqual(hashOf(password, Buffer.from(salt)), Buffer.from(hash))
