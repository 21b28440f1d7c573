// The one door to SQLite: what Node brings where it does, else the same API from a package.

import { getBuiltinModule } from 'node:process'

/** What may be bound: drivers differ on everything else, some by aborting the process. */
export type SqlValue = string | number | bigint | null | Uint8Array

/** The part of `StatementSync` in use. Parameters are bound by position only. */
type Statement = {
  run(...parameters: readonly SqlValue[]): unknown
  get(...parameters: readonly SqlValue[]): unknown
  all(...parameters: readonly SqlValue[]): unknown[]
}

/** The part of `DatabaseSync` in use. */
export type Database = {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

export type OpenDatabase = (file: string, options?: { readonly readOnly?: boolean }) => Database

type Driver = {
  readonly DatabaseSync: new (file: string, options?: { readOnly?: boolean }) => Database
}

/** Loads `node:sqlite` (Node 22.13 and later) or `@photostructure/sqlite`. */
export async function loadDriver(): Promise<OpenDatabase> {
  const builtin = getBuiltinModule?.('node:sqlite') as Driver | undefined
  const { DatabaseSync } = builtin ?? ((await import('@photostructure/sqlite')) as Driver)
  return (file, options) => new DatabaseSync(file, options ?? {})
}
