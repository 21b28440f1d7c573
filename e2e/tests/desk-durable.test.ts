// The process is killed in the middle of taking, passing on and closing conversations: after each restart every one of them has
// one owner at most, everybody's count is what they have, and what was acknowledged holds.

import { afterEach, expect, test } from 'vitest'
import { makeWidget, ownerOf } from '../lib/desk.ts'
import { owner, type Person, signUp } from '../lib/person.ts'
import { seeded } from '../lib/random.ts'
import { type Server, startServer } from '../lib/server.ts'

const SEED = Number(process.env.SEED ?? 20_261_122)
const KILLS = Number(process.env.KILLS ?? 4)
const CONVERSATIONS = 12
const CAPACITY = 5

let server: Server | undefined
afterEach(async () => {
  await server?.remove()
  server = undefined
})

type View = {
  readonly key: string
  readonly state: string
  readonly visitor: { readonly id: string }
  readonly assignee?: { readonly id: string }
}
type List = { readonly items: readonly View[] }
type Answer = { readonly status: number; readonly body: Record<string, unknown> }

async function ask(on: Server, who: Person, method: string, path: string, body?: object) {
  const answer = await fetch(`${on.url}/api/v1/desk${path}`, {
    method,
    headers: { cookie: who.cookie, origin: on.url, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() } as Answer
}

/** Status 0: the answer died with the server. */
async function tried(on: Server, who: Person, path: string, body: object): Promise<Answer> {
  return ask(on, who, 'POST', path, body).catch(() => ({ status: 0, body: {} }))
}

async function visitorOf(on: Server, widget: string): Promise<string> {
  const answer = await fetch(`${on.url}/widget/v1/session?widget=${widget}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const { visitor } = (await answer.json()) as { visitor: { id: string } }
  return visitor.id
}

async function waiting(on: Server, widget: string): Promise<readonly string[]> {
  const keys: string[] = []
  for (let n = 0; n < CONVERSATIONS; n += 1) {
    const visitor = await visitorOf(on, widget)
    const { conversation } = await ownerOf(on)<{ conversation: View }>(
      'POST',
      '/desk/conversations',
      { visitor, widget },
    )
    keys.push(conversation.key)
  }
  return keys
}

/** Calls of each operator on each conversation. */
const CALLS = 3

/**
 * What each operator does to each conversation, one after the other; all at once.
 *
 * @param count of answers after which `reached` resolves
 */
function work(on: Server, people: readonly Person[], keys: readonly string[], count: number) {
  const closed = new Set<string>()
  let answers = 0
  let arrive: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const did = async (who: Person, path: string, body: object) => {
    const answer = await tried(on, who, path, body)
    answers += 1
    if (answers === count) arrive()
    return answer
  }
  const lives = people.flatMap((who, index) =>
    keys.map(async (key) => {
      const path = `/conversations/${key}`
      await did(who, `${path}/claim`, {})
      const other = people[1 - index] as Person
      await did(who, `${path}/transfer`, { operator: other.id })
      const end = await did(other, `${path}/close`, {})
      if (end.status === 200) closed.add(key)
    }),
  )
  return { closed, reached, done: Promise.all(lives) }
}

async function check(on: Server, people: readonly Person[], keys: readonly string[]) {
  const all = await Promise.all(
    keys.map((key) => ownerOf(on)<View>('GET', `/desk/conversations/${key}`)),
  )
  const isHeld = ({ state }: View) => state === 'open' || state === 'snoozed'
  for (const each of all) {
    expect(isHeld(each)).toBe(each.state !== 'closed' && each.assignee !== undefined)
    const sees = await Promise.all(
      people.map((who) => ask(on, who, 'GET', `/conversations/${each.key}`)),
    )
    const held = people.filter((_who, index) => sees[index]?.status === 200).map(({ id }) => id)
    if (isHeld(each)) expect(held).toEqual([each.assignee?.id])
  }
  const live = await ownerOf(on)<List>('GET', '/desk/conversations?limit=200')
  for (const who of people) {
    const mine = live.items.filter((each) => isHeld(each) && each.assignee?.id === who.id)
    const { body } = await ask(on, who, 'GET', '/me')
    expect(body.open).toBe(mine.length)
    expect(mine.length).toBeLessThanOrEqual(CAPACITY)
  }
  for (const { key, state, visitor } of all) {
    const again = await ownerOf(on)<{ conversation: View; isNew: boolean }>(
      'POST',
      '/desk/conversations',
      { visitor: visitor.id },
    )
    expect(again.isNew).toBe(state === 'closed')
    expect(again.conversation.key === key).toBe(state !== 'closed')
  }
  return new Map(all.map((each) => [each.key, each]))
}

test(`killed ${KILLS} times in the middle: one owner each, every count right, nothing acknowledged is lost`, async () => {
  const random = seeded(SEED)
  server = await startServer()
  await owner(server)
  const people = [await signUp(server, 'Olga'), await signUp(server, 'Otto')]
  for (const { id } of people)
    await ownerOf(server)('POST', '/role_assignments', {
      person: id,
      role: 'operator',
      on: 'tenant:default',
    })
  const limits = { sessions: 600, conversations: 1_000, messages: 600 }
  const widget = await makeWidget(server, { limits })
  for (let kill = 0; kill < KILLS; kill += 1) {
    const keys = await waiting(server, widget)
    const count = 1 + random.int(people.length * keys.length * CALLS - 1)
    const { closed, reached, done } = work(server, people, keys, count)
    await reached
    await server.kill('SIGKILL')
    await done
    server = await server.restart()
    const found = await check(server, people, keys)
    for (const key of closed) expect(found.get(key)?.state).toBe('closed')
    for (const { id } of people) await release(server, id)
  }
}, 280_000)

/** Room for the next round. */
async function release(on: Server, id: string): Promise<void> {
  const { items } = await ownerOf(on)<List>('GET', `/desk/conversations?assignee=${id}&limit=200`)
  for (const { key } of items) await ownerOf(on)('POST', `/desk/conversations/${key}/close`, {})
}
