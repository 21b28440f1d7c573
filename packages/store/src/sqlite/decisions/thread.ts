// The thread of decisions: one for all apps of a process. Writes, finds and forgets, so that no request waits for it.

import { parentPort } from 'node:worker_threads'
import type { DecisionsKept } from '../../decisions.ts'
import { type Database, loadDriver, type OpenDatabase } from '../driver.ts'
import { failureOf, messageOf } from '../failure.ts'
import type { FromThread } from '../file-thread.ts'
import {
  configure,
  createTable,
  type DecisionsTable,
  DecisionsTooNew,
  prepareTables,
} from './table.ts'
import type { DecisionRequest, ToThread } from './wire.ts'

type OpenFile = { readonly db: Database; readonly table: DecisionsTable }

function listen(port: NonNullable<typeof parentPort>): void {
  const files = new Map<string, OpenFile>()
  const driver = loadDriver()
  port.on('message', async (message: ToThread) => {
    const open = await driver
    if (message.kind === 'end') {
      for (const { db } of files.values()) db.close()
      port.close()
      return
    }
    port.postMessage(answered(files, open, message))
  })
}

function answered(
  files: Map<string, OpenFile>,
  open: OpenDatabase,
  { request, kept }: ToThread & { kind: 'request' },
): FromThread {
  const { id, file } = request
  try {
    if (request.kind === 'close') {
      files.get(file)?.db.close()
      files.delete(file)
      return { id, ok: true, value: undefined }
    }
    const known = files.get(file) ?? opened(open, file, kept)
    files.set(file, known)
    return { id, ok: true, value: done(known.table, request) }
  } catch (error) {
    const failure = error instanceof DecisionsTooNew ? 'too_new' : failureOf(error)
    return { id, ok: false, failure, message: messageOf(error) }
  }
}

function opened(open: OpenDatabase, file: string, kept: DecisionsKept): OpenFile {
  const db = open(file)
  try {
    configure(db)
    prepareTables(db)
    return { db, table: createTable(db, kept) }
  } catch (error) {
    db.close()
    throw error
  }
}

function done(
  table: DecisionsTable,
  request: Exclude<DecisionRequest, { kind: 'close' }>,
): unknown {
  switch (request.kind) {
    case 'write':
      return table.write(request.values, request.dropped, request.atMs)
    case 'page':
      return table.page(request.query, request.atMs)
    case 'find':
      return table.find(request.decision)
    case 'dropped':
      return table.dropped()
  }
}

if (parentPort !== null) listen(parentPort)
