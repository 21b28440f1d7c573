// Files in bad times: a server that is killed while they come and while they are sent, a disk that is full, and builds that
// give them to the wrong people.

import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { begin, bring, bringRest, look, sayWith, sendPiece, upload } from '../lib/file-bringer.ts'
import { wrongLooks } from '../lib/file-looks.ts'
import { FILE_MUTANTS } from '../lib/file-mutants.ts'
import { buildMutant } from '../lib/mutant.ts'
import { keyRest, owner, type Person } from '../lib/person.ts'
import { type Random, seeded } from '../lib/random.ts'
import { ROOT, type Server, startServer } from '../lib/server.ts'
import { channelOf, home } from '../lib/words.ts'

const SEED = Number(process.env.SEED ?? 20_261_122)
const KILLS = Number(process.env.KILLS ?? 20)
const BYTES = 900_000
const PIECE = 200_000

let server: Server
afterEach(async () => server.remove())

/** A file as its owner knows it: what was answered counts. */
type Brought = { readonly id: string; readonly bytes: Buffer; acknowledged: number }

/** Brings a file and sends it. `onPiece` hears of each piece that is acknowledged. */
async function bringAndSend(
  who: Person,
  one: Brought,
  name: string,
  onPiece: () => void,
): Promise<void> {
  let at = await upload(server, who, one.id)
  while (!at.isReady) {
    const piece = one.bytes.subarray(at.offset, at.offset + PIECE)
    const answer = await sendPiece(server, who, at, piece)
    at = (await answer.json()) as typeof at
    one.acknowledged = at.offset
    onPiece()
  }
  await sayWith(server, who, channelOf(home), [one.id], { id: name, text: name })
}

/** Kills the server in the middle of it: at a random moment, early or late. */
async function killedOnce(who: Person, random: Random, name: string): Promise<Brought> {
  const bytes = randomBytes(BYTES)
  const { id } = await begin(server, who, home, `${name}.bin`, bytes.length)
  const one: Brought = { id, bytes, acknowledged: 0 }
  let left = random.int(Math.ceil(BYTES / PIECE) + 1)
  const running = new Promise<void>((resolve) => {
    const count = () => {
      if (left <= 0) resolve()
      left -= 1
    }
    count()
    bringAndSend(who, one, name, count).then(resolve, () => resolve())
  })
  await running
  // The next piece, or the message, is on its way now: for as long as so many round trips take.
  for (let turn = random.int(5); turn > 0; turn -= 1) await fetch(`${server.url}/time`)
  await server.kill('SIGKILL')
  server = await server.restart()
  return one
}

async function attachedIds(): Promise<readonly string[]> {
  const page = await keyRest(server).channels.get(channelOf(home)).history({ limit: 1_000 })
  return page.items.flatMap(({ extras }) => {
    const { attachments = [] } = (extras ?? {}) as { attachments?: { id: string }[] }
    return attachments.map(({ id }) => id)
  })
}

describe('a server that is killed', () => {
  test(`${KILLS} times: a file is whole or goes on where it was; no message names one that is not there (seed ${SEED})`, async () => {
    server = await startServer({ env: { SAYSO_FILES_PER_HOUR: '1000' } })
    const grace = await owner(server)
    const random = seeded(SEED)
    const all: Brought[] = []
    const at = { arriving: 0, ready: 0, sent: 0 }
    for (let kill = 0; kill < KILLS; kill += 1) {
      const name = `file-${kill}:0`
      const one = await killedOnce(grace, random, name)
      all.push(one)
      const sent = await attachedIds()
      if (sent.includes(one.id)) at.sent += 1
      else {
        const known = await upload(server, grace, one.id)
        at[known.isReady ? 'ready' : 'arriving'] += 1
        expect(known.offset, `kill ${kill}: what was acknowledged`).toBeGreaterThanOrEqual(
          one.acknowledged,
        )
        await bringRest(server, grace, known, one.bytes, PIECE)
      }
      // The same publish again, as a client sends it again that heard no answer: once is enough.
      const again = await sayWith(server, grace, channelOf(home), [one.id], {
        id: name,
        text: name,
      })
      expect([again.status, kill]).toEqual([201, kill])
    }
    process.stdout.write(`uploads under SIGKILL: ${JSON.stringify({ kills: KILLS, ...at })}\n`)
    const named = await attachedIds()
    expect([...named].sort()).toEqual(all.map(({ id }) => id).sort())
    for (const { id, bytes } of all) {
      const answer = await look(server, grace, id)
      expect(answer.status).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes), id).toBe(true)
    }
    expect(Math.min(at.arriving, at.ready + at.sent)).toBeGreaterThan(0)
  })
})

describe('a full disk', () => {
  test('is said with its code; nothing is lost, messages go on, and so does the file when there is room', async () => {
    const NODE_OPTIONS = `--require ${join(ROOT, 'e2e/lib/full-disk.cjs')}`
    server = await startServer({ env: { NODE_OPTIONS } })
    const grace = await owner(server)
    const before = await bring(server, grace, home, 'before.txt', Buffer.from('was here before'))
    const bytes = randomBytes(BYTES)
    const begun = await begin(server, grace, home, 'large.bin', bytes.length)
    const first = await sendPiece(server, grace, begun, bytes.subarray(0, PIECE))
    expect(first.status).toBe(200)
    const full = join(server.data, 'full')
    await writeFile(full, '')
    const refused = await sendPiece(
      server,
      grace,
      { id: begun.id, offset: PIECE },
      bytes.subarray(PIECE, 2 * PIECE),
    )
    expect(refused.status).toBe(507)
    expect(await refused.json()).toMatchObject({
      code: 'files_full',
      remedy: expect.stringContaining('messages without files'),
    })
    // What was acknowledged stays, what was not is not counted.
    expect(await upload(server, grace, begun.id)).toMatchObject({ offset: PIECE, isReady: false })
    const said = await sayWith(server, grace, channelOf(home), [before])
    expect(said.status).toBe(201)
    expect(await (await look(server, grace, before)).text()).toBe('was here before')
    await rm(full)
    const ready = await bringRest(server, grace, await upload(server, grace, begun.id), bytes)
    expect((await sayWith(server, grace, channelOf(home), [ready.id])).status).toBe(201)
    const whole = await look(server, grace, ready.id)
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
  })
})

describe('who gets a file', () => {
  test('whoever may see its message now, and nobody else', async () => {
    server = await startServer()
    expect(await wrongLooks(server)).toEqual([])
  })

  for (const mutant of FILE_MUTANTS) {
    test(`is red on a build that ${mutant.wrong}`, async () => {
      server = await startServer({ root: await buildMutant(mutant) })
      const wrong = await wrongLooks(server)
      process.stdout.write(`mutant ${mutant.name}: ${wrong[0]}\n`)
      expect(wrong.length).toBeGreaterThan(0)
    })
  }
})
