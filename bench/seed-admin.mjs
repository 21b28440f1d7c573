// Fills a data folder for trying the dashboard at size: 10 000 people, 1 000 channels, 1 000 000 audit lines, 30 days of numbers.
//   node seed-admin.mjs <folder> [share]   share of all that, default 1; the folder must be new
//   SAYSO_DATA=<folder> SAYSO_ROOT_KEY=<key as printed> npm start

import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fill, SIZES } from './lib/admin-data.mjs'
import { startNode } from './lib/child.mjs'
import { say } from './lib/run.mjs'
import { KEY } from './lib/server.mjs'

const BIN = fileURLToPath(new URL('../packages/server/dist/bin.js', import.meta.url))

/** Makes the folder as a first start does, and ends the server again. */
async function found(folder) {
  const settings = { PORT: '0', SAYSO_DATA: folder, SAYSO_ROOT_KEY: KEY, SAYSO_LOG: 'error' }
  const { child } = await startNode(BIN, settings)
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** @param share of the usual sizes */
export async function seed(folder, share) {
  if (existsSync(folder)) throw new Error(`\`${folder}\` is there already: name a new folder`)
  await found(folder)
  const sized = Object.entries(SIZES).map(([name, size]) => [
    name,
    name === 'days' ? size : Math.max(1, Math.round(size * share)),
  ])
  const sizes = Object.fromEntries(sized)
  const began = performance.now()
  const figures = await fill(folder, sizes, say)
  const seconds = (performance.now() - began) / 1_000
  say(`filled in ${Math.round(seconds)} s; its key is ${KEY}`)
  return { sizes, seedSeconds: seconds, ...figures }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder, share = '1'] = process.argv
  if (folder === undefined) {
    process.stderr.write('node seed-admin.mjs <new folder> [share]\n')
    process.exit(2)
  }
  await seed(resolve(folder), Number(share))
  process.exit(0)
}
