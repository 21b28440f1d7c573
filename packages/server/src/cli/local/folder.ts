// The data folder a command works on, and what lies in it.

import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StoreUnavailable } from '@sayso/store'
import { Trouble } from '../trouble.ts'
import type { Call, Option } from '../verb.ts'

export const DATA_OPTION: Option = {
  name: 'data',
  value: 'folder',
  help: 'the data folder; else SAYSO_DATA, else ./data',
}

/** Where the data is; not looked at. */
export function dataFolder({ options, terminal }: Pick<Call, 'options' | 'terminal'>): string {
  return resolve(options.get('data') ?? (terminal.env.SAYSO_DATA || './data'))
}

/** The folders under a data folder that hold a database, the main one first; relative, `.` for the main one. */
export function databasesIn(folder: string): readonly string[] {
  const apps = join(folder, 'apps')
  const inApps = existsSync(apps) ? readdirSync(apps).map((name) => join('apps', name)) : []
  return ['.', ...inApps].filter((each) => existsSync(join(folder, each, 'sayso.db')))
}

/** @throws {Trouble} */
export function requireData(folder: string): void {
  if (databasesIn(folder).includes('.')) return
  throw new Trouble(
    `there is no data in \`${folder}\``,
    'name the data folder with --data or SAYSO_DATA',
    { code: 'no_data' },
  )
}

/** Turns what the store says of a folder into words for this terminal. */
export function asTrouble(error: unknown): never {
  if (!(error instanceof StoreUnavailable)) throw error
  throw new Trouble(error.message, 'run `sayso doctor` for all that is wrong with it', {
    code: error.reason,
  })
}
