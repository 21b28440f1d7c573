// The draft that is worked on: its text as it is now, kept by the server step by step, and the policy in force it is held
// against. What is typed is never lost by a refusal: it stays here until it could be kept.

import { ApiError } from '@sayso/client'
import type { Manage } from '@sayso/client/manage'
import { EditInvalid, editPolicy, type PolicyEdit } from '@sayso/policy/editing'
import { useSyncExternalStore } from 'react'
import { refusalOf } from '../../../../../ui/refusal.ts'
import { type Reading, read } from '../model/document.ts'

type InForce = { readonly text: string; readonly version: string; readonly reading: Reading }

export type DraftState = {
  readonly inForce: InForce
  /** Absent until something was changed and kept. */
  readonly id?: string | undefined
  readonly title: string
  readonly text: string
  readonly reading: Reading
  /** `foreign`: somebody else has written it since; what stands here is not kept. */
  readonly keeping: 'kept' | 'keeping' | 'failed' | 'foreign'
  readonly problem?: string | undefined
  readonly canUndo: boolean
}

/** Typing is kept when it pauses so long; milliseconds. */
const PAUSE_MS = 500
const MOST_STEPS = 100

export class Draft {
  readonly #calls: Manage
  readonly #onKept: () => void
  readonly #title: () => string
  #state: DraftState
  #saved: string
  #etag: string | undefined
  #steps: string[] = []
  #isBusy = false
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(
    calls: Manage,
    inForce: { readonly text: string; readonly version: string },
    options: { readonly title: () => string; readonly onKept: () => void },
  ) {
    this.#calls = calls
    this.#title = options.title
    this.#onKept = options.onKept
    const reading = read(inForce.text)
    this.#saved = inForce.text
    this.#state = {
      inForce: { ...inForce, reading },
      title: '',
      text: inForce.text,
      reading,
      keeping: 'kept',
      canUndo: false,
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): DraftState => this.#state

  /** Another version holds now. Without a draft it is what one looks at. */
  hold(inForce: { readonly text: string; readonly version: string }): void {
    if (inForce.version === this.#state.inForce.version) return
    const held = { ...inForce, reading: read(inForce.text) }
    const isClean = this.#state.id === undefined && this.#state.text === this.#state.inForce.text
    if (isClean) this.#saved = inForce.text
    this.#set({
      inForce: held,
      ...(isClean ? { text: inForce.text, reading: held.reading } : {}),
    })
  }

  async open(id: string): Promise<void> {
    const { answer, etag } = await this.#calls.read('readDraft', { params: { id } })
    this.#etag = etag
    this.#saved = answer.text
    this.#steps = []
    this.#set({
      id,
      title: answer.title,
      text: answer.text,
      reading: read(answer.text),
      keeping: 'kept',
      problem: undefined,
      canUndo: false,
    })
  }

  /** @returns what is wrong with it; undefined: it is made */
  edit(edits: readonly PolicyEdit[]): string | undefined {
    try {
      this.#step(editPolicy(this.#state.text, edits))
      this.#pump()
      return undefined
    } catch (error) {
      if (!(error instanceof EditInvalid) && !(error instanceof Error)) throw error
      return error.message
    }
  }

  /** As somebody types it. */
  write(text: string): void {
    if (text === this.#state.text) return
    this.#step(text)
    if (this.#state.keeping === 'kept') this.#set({ keeping: 'keeping' })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#pump(), PAUSE_MS)
  }

  undo(): void {
    const before = this.#steps.pop()
    if (before === undefined) return
    this.#set({ text: before, reading: read(before), canUndo: this.#steps.length > 0 })
    this.#pump()
  }

  /** Keeps what could not be kept. */
  again(): void {
    this.#set({ keeping: 'kept', problem: undefined })
    this.#pump()
  }

  async discard(): Promise<void> {
    clearTimeout(this.#timer)
    const { id } = this.#state
    if (id !== undefined) await this.#calls.call('removeDraft', { params: { id } })
    this.#reset()
  }

  /** Puts it in force; the version one has looked at may be replaced, another one not. */
  async apply(reason: string): Promise<void> {
    const { id, inForce } = this.#state
    if (id === undefined) return
    const ifMatch = this.#etag === undefined ? {} : { ifMatch: this.#etag }
    const body = { reason, over: inForce.version }
    await this.#calls.call('applyDraft', { params: { id }, body, ...ifMatch })
    const { text, reading } = this.#state
    this.#set({ inForce: { text, version: '', reading } })
    this.#reset()
  }

  /** It becomes a plan: there is no draft any more. */
  async plan(at: string, reason: string): Promise<void> {
    const { id, inForce } = this.#state
    if (id === undefined) return
    const ifMatch = this.#etag === undefined ? {} : { ifMatch: this.#etag }
    const body = { at, reason, over: inForce.version }
    await this.#calls.call('planDraft', { params: { id }, body, ...ifMatch })
    this.#reset()
  }

  /** It runs along for a time, as it is now. */
  async tryInShadow(forMs: number, share: number): Promise<void> {
    const { id } = this.#state
    if (id === undefined) return
    const ifMatch = this.#etag === undefined ? {} : { ifMatch: this.#etag }
    await this.#calls.call('tryInShadow', { params: { id }, body: { forMs, share }, ...ifMatch })
  }

  #reset(): void {
    const { inForce } = this.#state
    this.#etag = undefined
    this.#saved = inForce.text
    this.#steps = []
    this.#set({
      id: undefined,
      title: '',
      text: inForce.text,
      reading: inForce.reading,
      keeping: 'kept',
      problem: undefined,
      canUndo: false,
    })
    this.#onKept()
  }

  #step(text: string): void {
    this.#steps = [...this.#steps, this.#state.text].slice(-MOST_STEPS)
    this.#set({ text, reading: read(text), canUndo: true })
  }

  #pump(): void {
    clearTimeout(this.#timer)
    if (this.#isBusy || this.#state.keeping === 'foreign') return
    if (this.#state.text === this.#saved) return this.#set({ keeping: 'kept' })
    this.#isBusy = true
    this.#set({ keeping: 'keeping', problem: undefined })
    const { text } = this.#state
    this.#keep(text)
      .then(
        () => {
          this.#saved = text
          this.#isBusy = false
          this.#pump()
        },
        (error: unknown) => {
          this.#isBusy = false
          const isForeign = error instanceof ApiError && error.problem.code === 'version_changed'
          this.#set({ keeping: isForeign ? 'foreign' : 'failed', problem: refusalOf(error) })
        },
      )
      .finally(() => this.#onKept())
  }

  async #keep(text: string): Promise<void> {
    const { id, title } = this.#state
    if (id === undefined) {
      const body = { title: this.#title(), text }
      const made = await this.#calls.read('makeDraft', { body })
      this.#etag = made.etag
      return this.#set({ id: made.answer.id, title: made.answer.title })
    }
    const ifMatch = this.#etag === undefined ? {} : { ifMatch: this.#etag }
    const put = await this.#calls.read('putDraft', {
      params: { id },
      body: { title, text },
      ...ifMatch,
    })
    this.#etag = put.etag
  }

  #set(some: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...some }
    for (const listener of [...this.#listeners]) listener()
  }
}

export function useDraftState(draft: Draft): DraftState {
  return useSyncExternalStore(draft.subscribe, draft.state)
}
