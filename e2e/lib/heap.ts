// What a server's process holds, measured from outside after its garbage is collected.

import { join } from 'node:path'
import { ROOT, type Server } from './server.ts'

/** Environment of a server whose heap can be asked for. */
export const PROBED = { NODE_OPTIONS: `--require ${join(ROOT, 'e2e/lib/heap-probe.cjs')}` }

/** Live objects of a server started with {@link PROBED}; MiB. */
export async function heapMb(server: Server): Promise<number> {
  const asked = said(server).length
  process.kill(server.pid, 'SIGUSR2')
  while (said(server).length === asked) await fetch(`${server.url}/healthz`)
  return Number(said(server).at(-1)) / 1_048_576
}

/** The same with the bytes its buffers hold; MiB. */
export async function heldMb(server: Server): Promise<number> {
  const heap = await heapMb(server)
  return heap + Number(said(server, 'buffers').at(-1)) / 1_048_576
}

function said(server: Server, what: 'heap' | 'buffers' = 'heap'): readonly string[] {
  const lines = new RegExp(`^${what}: (\\d+)$`, 'gm')
  return [...server.output().matchAll(lines)].map(([, bytes = '']) => bytes)
}
