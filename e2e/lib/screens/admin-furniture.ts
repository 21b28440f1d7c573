// What the screens of the dashboard need besides the place itself: something of everything that can be opened on them.

import type * as Ably from 'ably'
import { admin } from '../admin.ts'
import { clientOf, keyRest, signUp } from '../person.ts'
import { channelOf, document, home, inner, promotion } from '../words.ts'
import type { Place } from './place.ts'

/** What was made, as addresses name it. */
export const furnished = { draft: '', person: '', token: '' }

const WEBHOOK = { url: 'https://hooks.example/sayso', events: ['rights.changed'], about: 'Wall' }
const type = promotion?.type ?? ''
const SCENARIO = `name: What members may do
people:
  user:ada: {}
resources:
  ${type}:one: {}
tuples:
  - ${type}:one#${promotion?.gives}@user:ada
assertions:
  - { subject: user:ada, on: ${type}:one, can: [publish] }
`

/** The policy with another word for one type of resource: every such change is another version. */
function policyCalled(title: string): string {
  const of = document.types[type]
  return JSON.stringify({ ...document, types: { ...document.types, [type]: { ...of, title } } })
}

type Made = Readonly<Record<string, string>>

/** @returns ends the connection that is looked at */
export async function furnishAdmin({ server }: Place): Promise<() => void> {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await admin(server, method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body as unknown as Made
  }
  const { items } = (await call('GET', '/people')) as unknown as { items: Made[] }
  const id = (name: string) => items.find((one) => one.name?.startsWith(name))?.id ?? ''
  furnished.person = id('Bo')
  const pump = await call('POST', '/keys', {
    name: 'pump',
    permissions: { 'chat:*': ['subscribe'] },
  })
  await call('POST', '/webhooks', WEBHOOK)
  await call('POST', '/groups', { key: 'crew', title: 'Crew' })
  await call('POST', '/groups/crew/members', { members: [id('Ada')] })
  await call('PUT', '/tenants/tenant:north', { attributes: { title: 'North' } })
  await call('POST', '/apps', { name: 'Shop' })
  await call('POST', '/backups')
  await furnishRetention(call, id('Bo'), id('Grace'))
  const ida = await signUp(server, 'Ida Rhodes')
  const [owner] = document.settings?.owner ?? []
  const expires_at = new Date(Date.now() + 86_400_000).toISOString()
  await call('POST', '/changes', {
    changes: [
      { assign: `${owner?.on}#${owner?.role}@user:${ida.id}` },
      { assign: `channel:${inner}#viewer@user:${id('Zoe')}`, expires_at, reason: 'has a look' },
    ],
  })
  for (const action of ['publish', 'pin'])
    await call('POST', '/explain', {
      subject: `user:${id('Bo')}`,
      action,
      resource: `channel:${home}`,
    })
  const { draft, asked } = await furnishPolicy(call)
  furnished.draft = draft
  const ask = (wanted: object) => ({ wanted, reason: 'We talked about it' })
  await call('POST', '/approvals', ask({ action: 'revoke-key', key: pump.id }))
  const byIda = await fetch(`${server.url}/api/v1/approvals`, {
    method: 'POST',
    headers: { cookie: ida.cookie, origin: server.url, 'content-type': 'application/json' },
    body: JSON.stringify(ask({ action: 'apply-policy', draft: asked })),
  })
  if (!byIda.ok) throw new Error(await byIda.text())
  const { token } = await keyRest(server).auth.requestToken({ clientId: ida.id })
  furnished.token = token
  const client: Ably.Realtime = clientOf(server, ida)
  await client.channels.get(channelOf(home)).attach()
  return () => client.close()
}

/** A channel that keeps what is said for a year, and holds: one for good, one with an end. */
async function furnishRetention(
  call: (method: string, path: string, body?: unknown) => Promise<Made>,
  person: string,
  owner: string,
): Promise<void> {
  await call('PUT', `/retention/channels/${encodeURIComponent(`channel:${home}`)}`, { days: 365 })
  await call('POST', '/holds', { on: `channel:${inner}`, reason: 'Case 4711', owner })
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString()
  await call('POST', '/holds', { on: `user:${person}`, reason: 'Case 4712', owner, until })
}

/** A version put in force, a plan, a test, a draft that is tried in shadow, and one to be approved. */
async function furnishPolicy(
  call: (method: string, path: string, body?: unknown) => Promise<Made>,
): Promise<{ readonly draft: string; readonly asked: string }> {
  await call('PUT', '/policy', { text: policyCalled('Room'), reason: 'Rooms they are' })
  await call('PUT', '/policy/tests/first', { text: SCENARIO })
  const drafted = async (title: string, text: string) =>
    (await call('POST', '/policy/drafts', { title, text })).id ?? ''
  const planned = await drafted('Halls from tomorrow on', policyCalled('Hall'))
  const at = new Date(Date.now() + 86_400_000).toISOString()
  await call('POST', `/policy/drafts/${planned}/plan`, { at, reason: 'Halls are larger' })
  const draft = await drafted('Parlours', policyCalled('Parlour'))
  await call('POST', `/policy/drafts/${draft}/shadow`, {})
  return { draft, asked: await drafted('Salons', policyCalled('Salon')) }
}
