// A server whose wall clock jumps when it is told to: an hour ahead, an hour behind, right again.

import { type Server, startServer } from './server.ts'

const HOUR_MS = 3_600_000
const BENDING = `
  const real = Date.now.bind(Date)
  const ahead = [${HOUR_MS}, -${HOUR_MS}, 0]
  let turn = -1
  Date.now = () => real() + (turn < 0 ? 0 : ahead[turn % 3])
  process.on('SIGUSR2', () => { turn += 1 })
`

export async function startBent(): Promise<Server & { jump(): void }> {
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(BENDING)}`
  const server = await startServer({ env: { NODE_OPTIONS } })
  return { ...server, jump: () => void process.kill(server.pid, 'SIGUSR2') }
}
