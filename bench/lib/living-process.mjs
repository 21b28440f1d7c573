// Many connections in a process of their own, each on one channel and saying something now and then: a ping of the protocol,
// spread evenly over the time. Started by `fork`; told `open`, answers when all are there.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { connect } from './crowd.mjs'
import { personPath } from './server.mjs'

const AT_ONCE = 100
const TICK_MS = 50
const HEARTBEAT = { action: 0 }
const ATTACH = 10

/** @returns how many beats were sent in the last second, and how to end them */
export async function forkLiving(options) {
  const child = fork(fileURLToPath(import.meta.url), ['living'])
  process.on('exit', () => child.kill('SIGKILL'))
  const ended = new Promise((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the connections ended with ${code}`)))
  })
  const tell = (message) => {
    const answered = new Promise((resolve) => child.once('message', resolve))
    child.send(message)
    return Promise.race([answered, ended])
  }
  await tell({ open: options })
  return { beats: () => tell({ beats: true }) }
}

function serve() {
  const members = []
  let sent = 0
  let since = performance.now()
  async function open({ port, size, channel, everyMs }) {
    for (let at = 0; at < size; at += AT_ONCE) {
      const group = Array.from({ length: Math.min(AT_ONCE, size - at) }, (_, n) => at + n)
      await Promise.all(
        group.map(async (n) => {
          const member = await connect(port, personPath(`p${n}`))
          member.send({ action: ATTACH, channel })
          members.push(member)
        }),
      )
    }
    let next = 0
    const each = (members.length * TICK_MS) / everyMs
    let due = performance.now()
    setInterval(() => {
      for (; due <= performance.now(); due += TICK_MS) {
        for (let n = 0; n < each; n += 1) {
          members[next].send(HEARTBEAT)
          next = (next + 1) % members.length
          sent += 1
        }
      }
    }, TICK_MS)
    since = performance.now()
    return { open: members.length }
  }
  function beats() {
    const perSecond = (sent * 1_000) / (performance.now() - since)
    sent = 0
    since = performance.now()
    return { perSecond, open: members.length }
  }
  process.on('disconnect', () => process.exit(0))
  process.on('message', async (message) => {
    process.send(message.open ? await open(message.open) : beats())
  })
}

if (process.argv[2] === 'living') serve()
