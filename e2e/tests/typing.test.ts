// Whoever may not write is not seen to write: typing is a publish that is kept nowhere, and the server decides on it as on any
// other, whatever client is used.

import * as chat from '@ably/chat'
import type * as Ably from 'ably'
import { afterEach, expect, test } from 'vitest'
import { heard } from '../lib/heard.ts'
import { buildMutant, type Mutant } from '../lib/mutant.ts'
import { owner, role, signUp } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'
import { asking, closeClients, realtime } from '../lib/stock.ts'
import { channelOf, home, promotion, readOnly, silencing } from '../lib/words.ts'

const UNDECIDED: Mutant = {
  name: 'typing-undecided',
  wrong: 'tells what is kept nowhere without asking who may say it',
  edits: [
    {
      file: 'server/dist/commands/publish-ephemeral.js',
      find: 'requirePublish(world, asker, input.channel, message);',
      replace: 'void [requirePublish, world, message];',
    },
  ],
}

let server: Server | undefined

afterEach(async () => {
  closeClients()
  await server?.remove()
})

type Overheard = { readonly codes: readonly unknown[]; readonly names: readonly string[] }

/** Somebody writes where they may not, in every way there is: what each is answered, and what others heard. */
async function overheard(root?: string): Promise<Overheard> {
  const running = await startServer(root === undefined ? {} : { root })
  server = running
  await owner(running)
  const ada = await signUp(running, 'Ada Lovelace')
  const muted = { person: ada.id, role: silencing, on: `${promotion?.type}:${home}` }
  await role(running, 'give', muted)
  const hers = realtime(
    running.port,
    asking(() => ada.token()),
  )
  const host = realtime(running.port, { key: KEY, clientId: 'host' })
  const codes: unknown[] = []
  const names: string[] = []
  for (const key of [home, readOnly]) {
    const room = `${channelOf(key)}::$chat`
    const messages = heard<Ably.Message>()
    for (const name of [room, channelOf(key)]) {
      await host.channels.get(name).subscribe((message) => messages.add(message))
    }
    const sdk = await new chat.ChatClient(hers, { logLevel: 'silent' as chat.LogLevel }).rooms.get(
      channelOf(key),
      {},
    )
    await sdk.attach()
    codes.push(await answerTo(sdk.typing.keystroke()))
    for (const name of [room, channelOf(key)]) {
      const started = { name: 'typing.started', extras: { ephemeral: true } }
      codes.push(await answerTo(hers.channels.get(name).publish(started)))
    }
    // What was told before is heard before.
    for (const name of [room, channelOf(key)]) await host.channels.get(name).publish('done', '')
    await messages.first((_, index) => messages.all.slice(0, index + 1).filter(isDone).length === 2)
    names.push(...messages.all.filter((one) => !isDone(one)).map((one) => `${one.clientId}`))
  }
  return { codes, names }
}

async function answerTo(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'taken',
    (error: Ably.ErrorInfo) => error.code,
  )
}

function isDone({ name }: Ably.Message): boolean {
  return name === 'done'
}

test('who is muted, or may only read, is refused and heard by nobody', async () => {
  expect(await overheard()).toEqual({ codes: Array(6).fill(40160), names: [] })
})

test(`is red on a build that ${UNDECIDED.wrong}`, async () => {
  const { codes, names } = await overheard(await buildMutant(UNDECIDED))
  expect(names.length).toBeGreaterThan(0)
  expect(codes).not.toEqual(Array(6).fill(40160))
  process.stdout.write(`mutant ${UNDECIDED.name}: ${names.length} words of typing overheard\n`)
})
