// Since when visitors are silent after an answer: the last text or file of each conversation that is asked about.

import type { Message } from '@sayso/channel'
import type { Context } from '../context.ts'
import { channelOfConversation, conversationNamed, deskOf } from './desk-type.ts'
import { VISITOR_PREFIX } from './visitors/visitor.ts'

const PAGE = 100

/** Milliseconds; undefined: nobody has answered, or the visitor spoke last. */
type Silence = { readonly sinceMs: number | undefined; readonly isAsked?: true }

export class Silences {
  /** By key, as far as it was looked up. */
  readonly #known = new Map<string, Silence>()

  said(key: string, messages: readonly Message[]): void {
    if (!this.#known.has(key)) return
    const last = messages.findLast(isSpoken)
    // What was taken back may have been the last: it is looked up again.
    if (messages.some(({ action }) => action !== 'create')) this.#known.delete(key)
    else if (last !== undefined) this.#known.set(key, silenceAfter(last))
  }

  forget(key: string): void {
    this.#known.delete(key)
  }

  /** As far as it is known at this moment. */
  sinceMs(key: string): number | undefined {
    return this.#known.get(key)?.sinceMs
  }

  async lookUp(context: Context, key: string): Promise<number | undefined> {
    const before = this.#known.get(key) ?? { sinceMs: undefined, isAsked: true }
    if (before.isAsked !== true) return before.sinceMs
    this.#known.set(key, before)
    const found = await spokenLast(context, key)
    // What was said meanwhile is later, and known.
    if (this.#known.get(key) === before)
      this.#known.set(key, found === undefined ? { sinceMs: undefined } : silenceAfter(found))
    return this.sinceMs(key)
  }
}

function silenceAfter({ clientId, timestampMs }: Message): Silence {
  const isAnswer = clientId !== undefined && !clientId.startsWith(VISITOR_PREFIX)
  return { sinceMs: isAnswer ? timestampMs : undefined }
}

function isSpoken({ name, action }: Message): boolean {
  return action !== 'delete' && (name === 'text' || name === 'file')
}

async function spokenLast(context: Context, key: string): Promise<Message | undefined> {
  const { world } = context.standing
  const desk = deskOf(world)
  if (desk === undefined) return undefined
  const channel = channelOfConversation(world, conversationNamed(desk, key))
  for (let afterSerial: string | undefined; ; ) {
    const { messages, hasMore } = await context.store.history({
      channel,
      direction: 'backwards',
      limit: PAGE,
      upTo: context.standing.revision,
      ...(afterSerial === undefined ? {} : { afterSerial }),
    })
    const found = messages.find(isSpoken)
    afterSerial = messages.at(-1)?.serial
    if (found !== undefined || !hasMore || afterSerial === undefined) return found
  }
}
