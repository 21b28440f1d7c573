// What the owner's own server knows of a visitor: asked when somebody looks, signed, held for a moment and never stored.

import { signedHeaders } from '../../webhooks/signature.ts'
import { post } from '../../webhooks/target.ts'
import type { Widget } from '../widgets/widget.ts'
import { type AttributeValue, isAttributes } from './identity.ts'

/** Bytes of an answer. */
const MOST_BYTES = 32_768
/** A server that does not answer is not asked again at once; milliseconds. */
const AFTER_FAILURE_MS = 5_000
const MANY = 5_000

export type OwnerContext =
  | { readonly state: 'none' }
  | {
      readonly state: 'fresh'
      readonly values: Readonly<Record<string, AttributeValue>>
      readonly fetchedAtMs: number
    }
  | { readonly state: 'failed'; readonly why: string; readonly triedAtMs: number }

type Asked = {
  /** Id of the visitor here. */
  readonly visitor: string
  /** As the owner's server calls them. */
  readonly externalId?: string
  readonly email?: string
}

export type OwnerContextsOptions = {
  readonly now: () => number
  readonly randomId: (bytes?: number) => string
  readonly open: (sealed: string) => string
  /** Also private addresses, and plain http. */
  readonly allowPrivate: boolean
}

export class OwnerContexts {
  readonly #options: OwnerContextsOptions
  readonly #held = new Map<
    string,
    { readonly untilMs: number; readonly answer: Promise<OwnerContext> }
  >()

  constructor(options: OwnerContextsOptions) {
    this.#options = options
  }

  /** Never rejects. What is held is of this widget as it is configured now. */
  async of(widget: Widget, asked: Asked): Promise<OwnerContext> {
    const { context, sealedContextSecret } = widget
    if (context === undefined || sealedContextSecret === undefined) return { state: 'none' }
    const { now } = this.#options
    this.#tidy(now())
    const name = `${widget.id}/${widget.version}/${asked.visitor}`
    const held = this.#held.get(name)
    if (held !== undefined && held.untilMs > now()) return held.answer
    const answer = this.#ask(context.url, sealedContextSecret, widget, asked)
    // While it is under way nobody asks a second time.
    const entry = { untilMs: Number.POSITIVE_INFINITY, answer }
    this.#held.set(name, entry)
    const found = await answer
    const heldMs = found.state === 'failed' ? AFTER_FAILURE_MS : context.cacheSeconds * 1_000
    if (this.#held.get(name) === entry) this.#held.set(name, { untilMs: now() + heldMs, answer })
    return found
  }

  /** What was held of somebody is let go. */
  forget(visitor: string): void {
    for (const name of this.#held.keys()) if (name.endsWith(`/${visitor}`)) this.#held.delete(name)
  }

  async #ask(
    url: string,
    sealedSecret: string,
    { id, tenant }: Widget,
    asked: Asked,
  ): Promise<OwnerContext> {
    const { now, randomId, open, allowPrivate } = this.#options
    const body = JSON.stringify({ type: 'visitor.context', widget: id, tenant, ...asked })
    const headers = signedHeaders(open(sealedSecret), `ctx_${randomId(12)}`, now(), body)
    const sent = await post(url, body, headers, allowPrivate, MOST_BYTES)
    const failed = (why: string): OwnerContext => ({ state: 'failed', why, triedAtMs: now() })
    if (sent.kind === 'failed') return failed(sent.why)
    if (sent.status === 404) return { state: 'fresh', values: {}, fetchedAtMs: now() }
    if (sent.status !== 200) return failed(`it answered ${sent.status}`)
    const values = valuesIn(sent.body)
    if (values === undefined) return failed('its answer is not as documented')
    return { state: 'fresh', values, fetchedAtMs: now() }
  }

  #tidy(nowMs: number): void {
    for (const [name, { untilMs }] of this.#held) if (untilMs <= nowMs) this.#held.delete(name)
    const [eldest] = this.#held.keys()
    if (this.#held.size >= MANY && eldest !== undefined) this.#held.delete(eldest)
  }
}

function valuesIn(body: string): Readonly<Record<string, AttributeValue>> | undefined {
  try {
    const said: unknown = JSON.parse(body)
    const values =
      typeof said === 'object' && said !== null && 'attributes' in said && said.attributes
    return isAttributes(values) ? values : undefined
  } catch {
    return undefined
  }
}
