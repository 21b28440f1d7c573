// The thread of the index: follows the log in small steps, and answers questions between them.

import { parentPort, workerData } from 'node:worker_threads'
import { type Database, loadDriver } from '../driver.ts'
import { messageOf } from '../failure.ts'
import { configureReader } from '../schema.ts'
import { createFilling, type Filling, openIndex } from './finder-filling.ts'
import { createQuestions } from './finder-questions.ts'
import { createTrim } from './finder-trim.ts'
import type { FinderData, FinderReply, FinderRequest, Question } from './finder-wire.ts'

/** An index that lacks more entries than this answers with what it has: filling it first would take too long. */
const MOST_AWAITED = 4_000

async function start(port: NonNullable<typeof parentPort>, data: FinderData): Promise<void> {
  const post = (reply: FinderReply) => port.postMessage(reply)
  try {
    const open = await loadDriver()
    const log = open(data.databaseFile, { readOnly: true })
    configureReader(log)
    const db = openIndex(open, log, data)
    const filling = createFilling(db, log)
    const questions = {
      ...createQuestions(db, filling.names),
      trim: createTrim(db, log, filling.names),
      clean: () => clean(db),
    }
    const fill = filler(filling)
    port.on('message', (request: FinderRequest) => {
      if (request.kind === 'close') {
        fill.stop()
        db.close()
        log.close()
        port.close()
        return
      }
      post(answered(request, filling, questions))
      fill.goOn()
    })
    fill.goOn()
  } catch (error) {
    post({ kind: 'refused', message: messageOf(error) })
    port.close()
  }
}

type Questions = ReturnType<typeof createQuestions> & {
  readonly trim: ReturnType<typeof createTrim>
  clean(): void
}

/** Fills in turns of the event loop of its own, so that questions come in between. */
function filler(filling: Filling) {
  let next: NodeJS.Immediate | undefined
  const turn = () => {
    next = undefined
    try {
      if (filling.step()) goOn()
    } catch {
      // The disk is full, or the log is being copied: the next question tries again, and says so if it still fails.
    }
  }
  const goOn = () => {
    next ??= setImmediate(turn)
  }
  return { goOn, stop: () => clearImmediate(next) }
}

function answered(question: Question, filling: Filling, questions: Questions): FinderReply {
  const { id, upTo } = question
  try {
    const lacks = upTo - filling.revision()
    if (lacks <= MOST_AWAITED) while (filling.revision() < upTo && filling.step());
    const behind = Math.max(0, upTo - filling.revision())
    return { kind: 'answer', id, value: answerTo(question, questions), behind }
  } catch (error) {
    return { kind: 'failed', id, message: messageOf(error) }
  }
}

function answerTo(question: Question, questions: Questions): unknown {
  switch (question.kind) {
    case 'find':
      return questions.find(question.query, question.page)
    case 'unread':
      return questions.unread(question.query)
    case 'mentions':
      return questions.mentions(question.query, question.page)
    case 'trim':
      return questions.trim(question.query)
    case 'clean':
      return questions.clean()
  }
}

/** One segment without what was deleted, over everything that was freed. */
function clean(db: Database): void {
  db.exec(`INSERT INTO texts (texts) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE);`)
}

if (parentPort !== null) void start(parentPort, workerData as FinderData)
