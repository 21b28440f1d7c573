// What every benchmark does around its work: a bound in time, a clean end, output, and a kept line when asked.

import { appendFileSync, mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rounded } from './numbers.mjs'

export const ROUNDS = 5
const RESULTS = fileURLToPath(new URL('../../docs/results/', import.meta.url))

export const say = (line = '') => void process.stdout.write(`${line}\n`)

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Runs a benchmark to its end, whatever happens: what it started dies with this process.
 *
 * @param work returns what `--keep` writes as one JSON line
 */
export async function run(seconds, work) {
  const tooLong = setTimeout(() => fail(`took longer than ${seconds} s; stopped`), seconds * 1000)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
  const loadBefore = loadavg()[0]
  try {
    const result = await work()
    if (process.argv.includes('--keep')) keep({ ...result, loadBefore, loadAfter: loadavg()[0] })
  } catch (error) {
    fail(error.stack)
  }
  clearTimeout(tooLong)
  process.exit(0)
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function keep(result) {
  const name = basename(process.argv[1], '.mjs')
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  const line = { bench: name, at: new Date().toISOString(), ...machine, ...rounded(result) }
  mkdirSync(RESULTS, { recursive: true })
  appendFileSync(`${RESULTS}${name}.jsonl`, `${JSON.stringify(line)}\n`)
  say(`\nkept in docs/results/${name}.jsonl`)
}
