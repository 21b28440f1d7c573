// The files of one app: their bytes, their limits, and the sweeping of what is left over. Commands hold the rules.

import type { Store } from '@sayso/store'
import { OneByOne } from '../one-by-one.ts'
import { Disk } from './disk.ts'
import { type FileLimits, HourlyCount, Room } from './limits.ts'
import { type LinkSettings, type Links, linksOf } from './links.ts'
import { type Sweeping, sweep, sweepDoomed } from './sweep.ts'

/** How often what is left over is swept; milliseconds. */
const SWEEP_EVERY_MS = 600_000

export type Files = {
  readonly disk: Disk
  readonly limits: FileLimits
  readonly room: Room
  /** Looks at addresses. */
  readonly links: Links
  /** Files that people began, and link previews they asked for. */
  readonly begun: HourlyCount
  readonly looked: HourlyCount
  /** Pieces of one file keep their order. */
  readonly inOrder: OneByOne
  /** Removes at once what messages let go of; never rejects. */
  sweepSoon(): void
  /** Removes everything that is due. For tests and the clock. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

export type FilesOptions = {
  readonly store: Store
  /** Made when the first file comes. */
  readonly folder: string
  readonly limits: FileLimits
  readonly links: LinkSettings
  readonly now: () => number
  readonly isHeld: Sweeping['isHeld']
  readonly report: (error: unknown) => void
}

export function openFiles(options: FilesOptions): Files {
  const { store, folder, limits, now, isHeld, report } = options
  const disk = new Disk(folder)
  const room = new Room(store)
  const sweeping = { store, disk, room, now, isHeld }
  const turns = new OneByOne()
  let isStopped = false
  const run = (work: typeof sweep) =>
    turns.run('sweep', async () => {
      if (!isStopped) await work(sweeping)
    })
  const quietly = (work: typeof sweep) => void run(work).catch(report)
  const timer = setInterval(() => quietly(sweep), SWEEP_EVERY_MS).unref()
  // What a crash left half removed.
  quietly(sweep)
  return {
    disk,
    limits,
    room,
    links: linksOf(options.links),
    begun: new HourlyCount(),
    looked: new HourlyCount(),
    inOrder: new OneByOne(),
    sweepSoon: () => quietly(sweepDoomed),
    sweep: () => run(sweep),
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      await turns.run('sweep', async () => undefined)
    },
  }
}
