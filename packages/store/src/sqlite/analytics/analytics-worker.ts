// The thread of the roll-ups: one for all apps of a process. Follows what happens in small steps, and answers between them.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { storedText } from '../body.ts'
import { type Database, loadDriver, type OpenDatabase } from '../driver.ts'
import { failureOf, messageOf } from '../failure.ts'
import type { FromThread } from '../file-thread.ts'
import { configureReader } from '../schema.ts'
import {
  AnalyticsTooNew,
  createFollowing,
  type Following,
  openRollUps,
} from './analytics-following.ts'
import { createQuestions, type Questions } from './analytics-questions.ts'
import { ANALYTICS_FILE } from './analytics-tables.ts'
import { forgetPeople } from './analytics-totals.ts'
import type { AnalyticsRequest, ToThread } from './analytics-wire.ts'

/** Steps that a question waits for; of very much that is missing it is answered from what is in. */
const MOST_AWAITED = 4
/** How often it is looked whether there is anybody to forget; milliseconds. */
const FORGET_EVERY_MS = 3_600_000

type Open = {
  readonly db: Database
  readonly log: Database
  readonly following: Following
  readonly questions: Questions
  forgotAtMs: number
  close(): void
}

function listen(port: NonNullable<typeof parentPort>): void {
  const apps = new Map<string, Open>()
  const driver = loadDriver()
  port.on('message', async (message: ToThread) => {
    const open = await driver
    if (message.kind === 'end') {
      for (const app of apps.values()) app.close()
      port.close()
      return
    }
    const { request, kept } = message
    const answer = (reply: FromThread) => port.postMessage(reply)
    const { id, folder } = request
    try {
      if (request.kind === 'close') {
        apps.get(folder)?.close()
        apps.delete(folder)
        return answer({ id, ok: true, value: undefined })
      }
      const app = apps.get(folder) ?? opened(open, folder)
      apps.set(folder, app)
      if (request.kind === 'follow') {
        const done = () => {
          if (apps.get(folder) === app) forget(app, request.nowMs, kept.peopleDays)
          answer({ id, ok: true, value: undefined })
        }
        return follow(
          () => apps.get(folder) === app && app.following.step(),
          done,
          (error) => answer(failed(id, error)),
        )
      }
      answer({ id, ok: true, value: done(app, request) })
    } catch (error) {
      answer(failed(id, error))
    }
  })
}

/** Step by step, so that others are answered in between. */
function follow(step: () => boolean, done: () => void, failing: (error: unknown) => void): void {
  try {
    if (step()) setImmediate(() => follow(step, done, failing))
    else done()
  } catch (error) {
    failing(error)
  }
}

function forget(app: Open, nowMs: number, days: number): void {
  if (nowMs - app.forgotAtMs < FORGET_EVERY_MS) return
  app.forgotAtMs = nowMs
  if (!forgetPeople(app.db, nowMs, days)) return
  app.following.put.forget()
  app.questions.changed()
}

function failed(id: number, error: unknown): FromThread {
  const failure = error instanceof AnalyticsTooNew ? 'too_new' : failureOf(error)
  return { id, ok: false, failure, message: messageOf(error) }
}

function opened(open: OpenDatabase, folder: string): Open {
  const log = open(join(folder, 'sayso.db'), { readOnly: true })
  configureReader(log)
  let decisions: Database | undefined
  const decisionsFile = join(folder, 'decisions.db')
  const openDecisions = () => {
    if (decisions === undefined && existsSync(decisionsFile)) {
      decisions = open(decisionsFile, { readOnly: true })
      configureReader(decisions)
    }
    return decisions
  }
  try {
    const db = openRollUps(open, log, join(folder, ANALYTICS_FILE))
    const following = createFollowing(db, log, openDecisions)
    const { names, people } = following.put
    const close = () => {
      for (const each of [db, log, decisions]) each?.close()
    }
    const questions = createQuestions(db, names, people)
    return { db, log, following, questions, forgotAtMs: 0, close }
  } catch (error) {
    log.close()
    throw error
  }
}

function done(app: Open, request: Extract<AnalyticsRequest, { kind: 'ask' | 'erase' }>): unknown {
  for (let step = 0; step < MOST_AWAITED && app.following.step(); step += 1);
  if (request.kind === 'ask') return answerTo(app.questions, request.question)
  const { db, following, questions } = app
  const id = following.put.people.find(request.person)
  if (id === undefined) return undefined
  db.prepare('UPDATE people SET name = ? WHERE id = ?').run(storedText(`erased:${id}`), id)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  following.put.forget()
  questions.changed()
  return undefined
}

function answerTo(
  questions: Questions,
  question: Extract<AnalyticsRequest, { kind: 'ask' }>['question'],
): unknown {
  switch (question.kind) {
    case 'messages':
      return questions.messages(question)
    case 'channels':
      return questions.channels(question)
    case 'people':
      return questions.people(question)
    case 'acts':
      return questions.acts(question)
    case 'acts-by-slot':
      return questions['acts-by-slot'](question)
    case 'denials':
      return questions.denials(question)
    case 'denials-by-slot':
      return questions['denials-by-slot'](question)
    case 'joins':
      return questions.joins(question)
  }
}

if (parentPort !== null) listen(parentPort)
