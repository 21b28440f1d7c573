// What is told to the decisions log: each refusal, each answer of the doors that are asked for decisions, and, if a setting
// says so, what was allowed on channels. Words that stay true later; no attributes, no context, no message.

import { randomBytes } from 'node:crypto'
import {
  authorize,
  type ChannelName,
  type Credential,
  type Decision,
  type Reason,
  type ResourceId,
  resourceOf,
  subjectOf,
  tenantOf,
  type World,
} from '@sayso/policy'
import type { DecisionDoor, DecisionLog, NewDecision } from '@sayso/store'
import { type Asker, actorOf } from '../commands/asker.ts'
import type { RefusedQuestion } from '../commands/failure.ts'
import { versionOf } from '../policy-version.ts'
import type { DecisionsLogged } from './decisions-logged.ts'
import type { Listener } from './refusals.ts'
import { byOf, decidingOf, resourceIn, type Watched, watchedAt, watchedOf } from './watched.ts'

/** Names are cut here, reasons left out beyond it; characters. */
const MOST_NAME = 1_100
const MOST_REASONS = 4_096

/** One question that was answered. */
export type Answered = {
  readonly subject?: string | undefined
  readonly action: string
  readonly on: string
  readonly resource?: ResourceId | undefined
  readonly tenant?: ResourceId | undefined
  /** Absent: the question could not be put to the policy, for the reason given. */
  readonly decision?: Pick<Decision, 'allowed' | 'reasons' | 'revision'> | undefined
  /** Absent: as decided. */
  readonly allowed?: boolean
  readonly reason?: string
}

/** A question for a list, and how long it was. */
export type Listed = Omit<Answered, 'decision' | 'allowed'> & { readonly found: number }

/** The answers to one request. */
export type Answering = {
  answered(answered: Answered): void
  listed(listed: Listed): void
}

type Parts = {
  /** Absent: nothing is kept. */
  readonly log: DecisionLog | undefined
  readonly logged: DecisionsLogged
  readonly now: () => number
  readonly world: () => World
  /** Counts what was answered with no. */
  readonly meter?: { denied: number }
}

export class Decisions implements Listener {
  readonly #parts: Parts
  readonly #isAll: boolean
  #watcher: ((watched: Watched) => void) | undefined
  readonly log: DecisionLog | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.log = parts.log
    this.#isAll = parts.log !== undefined && parts.logged === 'all'
  }

  /** What was allowed on channels is looked at only if somebody wants to see it. */
  get allowed(): NonNullable<Listener['allowed']> | undefined {
    return this.#isAll || this.#watcher !== undefined ? this.#noteAllowed : undefined
  }

  /** Shows every question from now on to one who decides it beside; undefined: to nobody. */
  watch(watcher: ((watched: Watched) => void) | undefined): void {
    this.#watcher = watcher
  }

  readonly #noteAllowed = (question: RefusedQuestion, decision: Decision): void => {
    this.#watcher?.(watchedAt(question, true))
    if (this.#isAll) this.#noteChannel(randomId(), question, decision)
  }

  /** Somebody asks for a place on a channel; one that is refused is told of by the hub. */
  attaching(credential: Credential, on: ChannelName): void {
    if (this.allowed === undefined) return
    const decision = authorize(this.#parts.world(), credential, 'subscribe', on)
    if (decision.allowed) this.allowed({ credential, action: 'subscribe', on }, decision)
  }

  refused({ id, question, decision }: Parameters<Listener['refused']>[0]): void {
    this.#watcher?.(watchedAt(question, false))
    this.#noteChannel(id, question, decision)
  }

  /** For one request at a decision door; nobody looks if the setting says so. */
  answering(door: DecisionDoor, asker: Asker): Answering {
    const { log, logged, now, world, meter } = this.#parts
    const watcher = this.#watcher
    if (log === undefined || logged === 'refusals') return watcher ? showing(watcher) : UNSEEN
    const request = randomId()
    const { policy, revision } = world()
    const common = {
      atMs: now(),
      door,
      actor: actorOf(asker),
      key: asker.credential.key,
      policy: versionNamed(policy.document),
    }
    let count = 0
    const note = (line: Omit<NewDecision, 'id' | keyof typeof common>) => {
      count += 1
      if (meter !== undefined && !line.allowed) meter.denied += 1
      log.note({ ...common, ...line, id: count === 1 ? request : `${request}-${count}` })
    }
    return {
      answered: (each) => {
        if (watcher !== undefined) show(watcher, each)
        note({ ...named(each), ...verdictOf(each, revision) })
      },
      listed: ({ found, reason = 'list', ...each }) =>
        note({ ...named(each), allowed: found > 0, reason, revision, found }),
    }
  }

  /** A question at a channel or a place: the credential is asked about itself. */
  #noteChannel(id: string, question: RefusedQuestion, decision: Decision): void {
    const { log, now, world, meter } = this.#parts
    if (meter !== undefined && !decision.allowed) meter.denied += 1
    if (log === undefined) return
    const { credential, action, on, door = 'channel' } = question
    const { policy, ...rest } = world()
    const resource = resourceOf(policy, on) ?? resourceIn(policy, on)
    const subject = subjectOf(credential)
    log.note({
      id,
      atMs: now(),
      door,
      actor: actorOf({ credential }),
      key: credential.key,
      ...named({
        subject,
        action,
        on,
        resource,
        tenant: resource && tenantOf({ policy, ...rest }, resource),
      }),
      ...verdictOf({ decision }, decision.revision),
      policy: versionNamed(policy.document),
    })
  }
}

function show(watcher: (watched: Watched) => void, each: Answered): void {
  const watched = watchedOf(each, each.allowed ?? each.decision?.allowed ?? false)
  if (watched !== undefined) watcher(watched)
}

function showing(watcher: (watched: Watched) => void): Answering {
  return { answered: (each) => show(watcher, each), listed: () => undefined }
}

const UNSEEN: Answering = { answered: () => undefined, listed: () => undefined }

function named({ subject, action, on, resource, tenant }: Omit<Answered, 'decision'>) {
  return {
    subject: subject?.slice(0, MOST_NAME),
    action: action.slice(0, MOST_NAME),
    on: on.slice(0, MOST_NAME),
    resource: resource?.slice(0, MOST_NAME),
    tenant,
  }
}

function verdictOf(
  { decision, allowed = decision?.allowed ?? false, reason }: Partial<Answered>,
  revision: number,
): Pick<NewDecision, 'allowed' | 'reason' | 'by' | 'revision' | 'reasons'> {
  if (decision === undefined) return { allowed, reason: reason ?? 'unknown', revision }
  const deciding = decidingOf(decision)
  return {
    allowed,
    reason: reason ?? deciding?.kind ?? 'never_granted',
    by: deciding && byOf(deciding),
    revision: decision.revision,
    reasons: textOf(decision.reasons),
  }
}

function textOf(reasons: readonly Reason[]): string | undefined {
  const text = JSON.stringify(reasons)
  return text.length <= MOST_REASONS ? text : undefined
}

function randomId(): string {
  return randomBytes(12).toString('base64url')
}

const versions = new WeakMap<World['policy']['document'], string>()

/** Worked out once for each document. */
function versionNamed(document: World['policy']['document']): string {
  const known = versions.get(document) ?? versionOf(document)
  versions.set(document, known)
  return known
}
