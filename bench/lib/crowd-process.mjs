// A crowd in a process of its own, so that a prober beside it measures the server and not the load generator.
// Started by `fork`; told `open`, `pace` and `rest`, answers each.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Crowd } from './crowd.mjs'
import { quantile } from './numbers.mjs'

/** Forks a crowd; `pace` starts its load, `rest` ends it and resolves with what it saw. */
export async function forkCrowd(options) {
  const child = fork(fileURLToPath(import.meta.url), ['crowd'])
  process.on('exit', () => child.kill('SIGKILL'))
  const ended = new Promise((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the crowd ended with ${code}`)))
  })
  const tell = (message) => {
    const answered = new Promise((resolve) => child.once('message', resolve))
    child.send(message)
    return Promise.race([answered, ended])
  }
  await tell({ open: options })
  return {
    pace: (perSecond) => tell({ pace: perSecond }),
    rest: () => tell({ rest: true }),
  }
}

function serve() {
  let crowd
  let stop
  let pacing
  const answer = {
    async open(options) {
      crowd = await Crowd.open(options)
      return {}
    },
    async pace(perSecond) {
      const stopped = new Promise((resolve) => {
        stop = resolve
      })
      pacing = crowd.paced(perSecond, stopped)
      return {}
    },
    async rest() {
      stop()
      const { latencies, ...counts } = await pacing
      return { ...counts, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
    },
  }
  process.on('disconnect', () => process.exit(0))
  process.on('message', async (message) => {
    const [[name, input]] = Object.entries(message)
    process.send(await answer[name](input))
  })
}

if (process.argv[2] === 'crowd') serve()
