// A disk without room, a real one: a small file system of its own, which takes root to make, as containers and CI have it.
// Writes are refused in clear words, reads go on, and room is all it takes. Nothing that was acknowledged is lost.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyRest } from '../lib/person.ts'
import { KEY, type Server, startServer } from '../lib/server.ts'

const MIB = 1_048_576
const SIZE = 48 * MIB
/** Larger than what the write-ahead log may still have room for. */
const BIG = 'x'.repeat(60_000)
const isRoot = process.getuid?.() === 0

let folder: string
let server: Server

beforeAll(async () => {
  if (!isRoot) return
  folder = mkdtempSync(join(tmpdir(), 'sayso-small-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder])
  server = await startServer({ data: join(folder, 'data') })
})
afterAll(async () => {
  if (!isRoot) return
  await server.remove()
  execFileSync('umount', [folder])
  rmdirSync(folder)
})

const channel = () => keyRest(server).channels.get('chat:general')

/** Takes all the room there is. */
function fill(): void {
  const path = join(folder, 'filler')
  for (let chunk = 4 * MIB; chunk >= 4_096; ) {
    try {
      writeFileSync(path, Buffer.alloc(chunk), { flag: 'a' })
    } catch {
      chunk >>= 1
    }
  }
}

async function said(): Promise<readonly string[]> {
  const found: string[] = []
  let page: Awaited<ReturnType<ReturnType<typeof channel>['history']>> | null =
    await channel().history({ limit: 1_000 })
  while (page !== null) {
    found.push(...page.items.map(({ name }) => name ?? ''))
    page = page.hasNext() ? await page.next() : null
  }
  return found.reverse()
}

test.runIf(isRoot)(
  'writes are refused, reads go on, room is all it takes; also after a restart',
  async () => {
    const kept: string[] = []
    const write = async (name: string) => {
      await channel().publish({ name, data: BIG })
      kept.push(name)
    }
    for (let index = 0; index < 5; index += 1) await write(`before ${index}`)
    fill()
    // What the write-ahead log has room for may still go through; each is acknowledged or refused, never both.
    let refusal: { code?: number; statusCode?: number; message?: string } | undefined
    for (let index = 0; refusal === undefined && index < 1_000; index += 1)
      await write(`full ${index}`).catch((cause: object) => {
        refusal = cause
      })
    expect(refusal?.statusCode).toBe(503)
    expect(refusal?.message).toMatch(/cannot store this now/)
    // Again, at once, and by our own API: the same answer, and the server stands.
    await expect(channel().publish({ name: 'again', data: BIG })).rejects.toMatchObject({
      statusCode: 503,
    })
    expect(await said()).toEqual(kept)
    const session = await fetch(`${server.url}/api/v1/session`)
    expect(session.status).toBe(200)
    const people = await fetch(`${server.url}/api/v1/channels/general/people`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    expect(people.status).toBe(200)

    rmSync(join(folder, 'filler'))
    await write('after')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(await said()).toEqual(kept)
    await server.kill('SIGKILL')
    server = await server.restart()
    expect(await said()).toEqual(kept)
  },
)
