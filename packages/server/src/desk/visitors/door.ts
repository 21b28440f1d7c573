// What the visitors' door of one app holds of now: who is on the site, and what they have used up.

import { subjectOf } from '@sayso/policy'
import type { Asker } from '../../commands/asker.ts'
import { Failure } from '../../commands/failure.ts'
import type { Book } from '../book.ts'
import { Queue } from '../queue.ts'
import { isVisitorCredential } from './credential.ts'
import { Limits } from './limits.ts'
import { SiteVisitors } from './on-site.ts'

const MINUTE_MS = 60_000
/** Messages in a minute of somebody whose widget was not asked since the start. */
const USUAL_MESSAGES = 30
const MANY = 50_000

export class VisitorsNow {
  readonly site: SiteVisitors
  readonly limits: Limits
  readonly queue: Queue
  /** Messages in a minute, as the widget says by which each came. */
  readonly #mostMessages = new Map<string, number>()

  constructor(now: () => number, book: Book) {
    this.queue = new Queue(book, now)
    this.site = new SiteVisitors(now)
    this.limits = new Limits(now)
  }

  /** Remembers how fast somebody may write. */
  letWrite(visitor: string, mostMessages: number): void {
    this.#mostMessages.delete(visitor)
    if (mostMessages !== USUAL_MESSAGES) this.#mostMessages.set(visitor, mostMessages)
    const [eldest] = this.#mostMessages.keys()
    if (this.#mostMessages.size > MANY && eldest !== undefined) this.#mostMessages.delete(eldest)
  }

  /** Counts a message, if a visitor writes it. @throws {Failure} `slow_mode` */
  countMessage({ credential }: Asker): void {
    const subject = isVisitorCredential(credential) ? subjectOf(credential) : undefined
    if (subject === undefined) return
    const most = this.#mostMessages.get(subject.slice('user:'.length)) ?? USUAL_MESSAGES
    const retryAfterMs = this.limits.take(`message ${subject}`, { most, windowMs: MINUTE_MS })
    if (retryAfterMs === 0) return
    const remedy = 'wait a moment'
    throw new Failure('slow_mode', 'you write too fast', { remedy, retryAfterMs })
  }
}
