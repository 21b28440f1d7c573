// How this server is set up, for those who run it.

import { readFileSync } from 'node:fs'
import type { Settings } from '../settings.ts'
import { Backups } from './backups.ts'
import { dataSize, type Sized } from './data-size.ts'
import { type ShownSetting, shownSettings } from './shown-settings.ts'
import { type WayIn, waysIn } from './ways-in.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

export type SetUp = {
  readonly version: string
  readonly node: string
  /** Since when this process runs; milliseconds since 1970. */
  readonly sinceMs: number
  readonly settings: readonly ShownSetting[]
  readonly backups: Backups
  size(): Promise<readonly Sized[]>
  waysIn(oidcProblem: string | undefined): readonly WayIn[]
}

export function openSetUp(
  settings: Settings,
  options: { readonly now: () => number; readonly report: (error: unknown) => void },
): SetUp {
  return {
    version,
    node: process.versions.node,
    sinceMs: options.now(),
    settings: shownSettings(settings),
    backups: new Backups({ data: settings.data, ...options }),
    size: () => dataSize(settings.data),
    waysIn: (problem) => waysIn(settings, problem),
  }
}
