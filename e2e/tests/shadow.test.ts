// A policy tried in shadow answers nobody, and what is tried or planned outlives a kill; with the proof that this can fail.

import { afterEach, expect, test } from 'vitest'
import { admin, change } from '../lib/admin.ts'
import { buildMutant, type Mutant } from '../lib/mutant.ts'
import { type Server, startServer } from '../lib/server.ts'
import { document, home, promotion } from '../lib/words.ts'

const type = String(promotion?.type)
const on = `${type}:${home}`
const member = String(promotion?.replaces)
const ASKED = 40

let server: Server | undefined
afterEach(async () => {
  await server?.remove()
  server = undefined
})

const BROKEN: Mutant = {
  name: 'shadow-answers',
  wrong: 'answers by the policy that is only tried',
  edits: [
    {
      file: 'server/dist/shadow/shadow.js',
      find: 'const beside = { ...world, policy,',
      replace: 'const beside = Object.assign(world, { policy }) && { ...world, policy,',
    },
  ],
}

/** The policy in force, with one more rule. */
function ruled(): string {
  const known = document.types[type]
  const rules = [...(known?.rules ?? []), { id: 'no-history', forbid: 'history' }]
  return JSON.stringify({ ...document, types: { ...document.types, [type]: { ...known, rules } } })
}

async function drafted(running: Server): Promise<string> {
  const made = await admin(running, 'POST', '/policy/drafts', { title: 'Calm', text: ruled() })
  return String(made.body.id)
}

/** Answers that are not those of the policy in force. */
async function strayed(root?: string): Promise<number> {
  const running = await startServer(root === undefined ? {} : { root })
  server = running
  await change(running, { person: 'user:x', attributes: {} }, { assign: `${on}#${member}@user:x` })
  const begun = await admin(running, 'POST', `/policy/drafts/${await drafted(running)}/shadow`, {})
  expect(begun.status).toBe(201)
  let wrong = 0
  let found = 0
  for (let count = 0; count < ASKED || found === 0; count += 1) {
    const question = { subject: 'user:x', action: 'history', resource: on }
    const { allowed } = (await admin(running, 'POST', '/explain', question)).body
    if (allowed !== true) wrong += 1
    found = Number((await admin(running, 'GET', '/policy/shadow')).body.differed) + wrong
  }
  return wrong
}

test('answers are those of the policy in force while another one is tried', async () => {
  expect(await strayed()).toBe(0)
})

test(`is red on a build that ${BROKEN.wrong}`, async () => {
  expect(await strayed(await buildMutant(BROKEN))).toBeGreaterThan(0)
})

test('what is tried, planned and asked for outlives a kill', async () => {
  const running = await startServer()
  server = running
  const tried = await drafted(running)
  await admin(running, 'POST', `/policy/drafts/${tried}/shadow`, {})
  const at = new Date(Date.now() + 3_600_000).toISOString()
  const planned = await drafted(running)
  await admin(running, 'POST', `/policy/drafts/${planned}/plan`, { at, reason: 'in an hour' })
  const soon = new Date(Date.now() + 1_000).toISOString()
  const due = await drafted(running)
  await admin(running, 'POST', `/policy/drafts/${due}/plan`, { at: soon, reason: 'in a second' })
  await running.kill('SIGKILL')
  server = await running.restart()
  const inForce = async () =>
    String((await admin(server as Server, 'GET', '/policy')).body.text).includes('no-history')
  await expect.poll(inForce, { timeout: 10_000, interval: 50 }).toBe(true)
  const plans = (await admin(server, 'GET', '/policy/plans')).body.items
  expect(plans).toMatchObject([{ id: planned, at }])
  expect((await admin(server, 'GET', '/policy/shadow')).body).toMatchObject({
    draft: tried,
    isOn: true,
  })
})
