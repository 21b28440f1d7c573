// A Kysely dialect whose statements run on the writer, so that the sign-in library writes through the one writer too.

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  IdentifierNode,
  type QueryCompiler,
  type QueryResult,
  RawNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqlValue } from './driver.ts'
import type { SqlOutcome, SqlRequest } from './wire.ts'

/** Runs one statement, or one step of a transaction, on the writer. */
export type RunSql = (request: Omit<SqlRequest, 'kind' | 'id'>) => Promise<SqlOutcome>

/**
 * Statements run between group commits. A transaction holds the writer, so nothing else is committed until it ends;
 * one that stays open too long is rolled back, and its next statement says so.
 */
export function createDialect(run: RunSql): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => createDriver(run),
  }
}

class Connection implements DatabaseConnection {
  readonly #number: number
  readonly #run: RunSql

  constructor(number: number, run: RunSql) {
    this.#number = number
    this.#run = run
  }

  step(step: SqlRequest['step'], sql = '', parameters: readonly SqlValue[] = []) {
    return this.#run({ connection: this.#number, step, sql, parameters })
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, lastId } = await this.step('run', sql, parameters.map(bindable))
    if (changes === 0) return { rows: rows as R[], numAffectedRows: 0n }
    return { rows: rows as R[], numAffectedRows: BigInt(changes), insertId: BigInt(lastId) }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }
}

// Connections of all dialects of the process, so that no two of one writer share a number.
let connections = 0

function createDriver(run: RunSql): Driver {
  const step = (connection: DatabaseConnection, name: SqlRequest['step']) =>
    own(connection).step(name)
  const savepoint = async (
    connection: DatabaseConnection,
    command: string,
    name: string,
    compile: QueryCompiler['compileQuery'],
  ) => {
    const query = RawNode.createWithChildren([
      RawNode.createWithSql(`${command} `),
      IdentifierNode.create(name),
    ])
    const { sql } = compile(query, CompiledQuery.raw('').queryId)
    await own(connection).step('run', sql)
  }
  return {
    async init() {},
    async acquireConnection() {
      connections += 1
      return new Connection(connections, run)
    },
    async beginTransaction(connection) {
      await step(connection, 'begin')
    },
    async commitTransaction(connection) {
      await step(connection, 'commit')
    },
    async rollbackTransaction(connection) {
      await step(connection, 'rollback')
    },
    savepoint: (connection, name, compile) => savepoint(connection, 'savepoint', name, compile),
    rollbackToSavepoint: (connection, name, compile) =>
      savepoint(connection, 'rollback to', name, compile),
    releaseSavepoint: (connection, name, compile) =>
      savepoint(connection, 'release', name, compile),
    async releaseConnection() {},
    async destroy() {},
  }
}

function own(connection: DatabaseConnection): Connection {
  if (connection instanceof Connection) return connection
  throw new TypeError('the connection is of another dialect')
}

/**
 * The value as every driver binds it. INVARIANT: nothing else reaches a driver; depending on which one it is, a
 * date or an object becomes NULL without a word, or ends the process.
 *
 * @throws {TypeError} for anything that no column holds
 */
export function bindable(value: unknown): SqlValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || typeof value === 'bigint') return value
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return value.toISOString()
  throw new TypeError(`a statement cannot bind a value of type \`${describe(value)}\``)
}

function describe(value: unknown): string {
  return typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value
}
