// Brings files to the server while one writes: one after the other, in pieces, going on after a cut and after a reload.

import { ApiError, type AttachmentView, type UploadView } from '@sayso/client'
import type { FilesApi } from '@sayso/client/files'
import { spokenLanguage } from '../../../ui/words.ts'
import { sizeText } from '../model/files.ts'
import { explanationOf } from '../model/refusals.ts'
import { fileTexts } from '../model/texts-files.ts'
import { dropKept, keepFile, keptFiles } from './kept-files.ts'
import { smallPictureOf } from './small-picture.ts'

export const MOST_FILES = 10

/** Small enough that progress is seen and a cut costs little; bytes. */
const PIECE_BYTES = 262_144
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

export type Upload = {
  readonly key: string
  readonly draftKey: string
  readonly channelKey: string
  readonly name: string
  readonly blob: Blob
  readonly uploadId?: string | undefined
  readonly description: string
  /** Its author chose to say nothing about it. */
  readonly isSkipped: boolean
  readonly state:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'sending'; readonly sent: number }
    /** The server was not reached: it goes on by itself. */
    | { readonly kind: 'paused'; readonly sent: number }
    /** In words; `isFinal`: trying again would not help. */
    | {
        readonly kind: 'failed'
        readonly why: string
        readonly isFinal: boolean
        /** Of a refusal by the policy. */
        readonly explanation?: string | undefined
      }
    | { readonly kind: 'ready'; readonly view: UploadView }
}

export type UploadsNeeds = {
  readonly api: FilesApi
  readonly person: string
  readonly newKey: () => string
}

/** All files of a person that are on their way, by draft. */
export class Uploads {
  readonly #needs: UploadsNeeds
  readonly #listeners = new Set<() => void>()
  readonly #stops = new Map<string, AbortController>()
  #all: readonly Upload[] = []
  /** The last that were sent, with their bytes: a message that is refused gives them back. */
  #sent: readonly Upload[] = []
  #isBusy = false
  #waitMs = FIRST_WAIT_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #limits: ReturnType<FilesApi['limits']> | undefined

  constructor(needs: UploadsNeeds) {
    this.#needs = needs
    void this.#restore()
    globalThis.addEventListener?.('online', () => this.#resume())
  }

  all = (): readonly Upload[] => this.#all

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  of(draftKey: string): readonly Upload[] {
    return this.#all.filter((one) => one.draftKey === draftKey)
  }

  /** Takes files in. What is too large, or too many, is refused at once and in words. */
  async add(channelKey: string, draftKey: string, files: readonly File[]): Promise<void> {
    const room = MOST_FILES - this.of(draftKey).length
    const added = files.map((file, index): Upload => {
      const state =
        index < room
          ? ({ kind: 'waiting' } as const)
          : ({ kind: 'failed', why: fileTexts.tooMany(MOST_FILES), isFinal: true } as const)
      const own = { key: this.#needs.newKey(), channelKey, draftKey, name: file.name, blob: file }
      return { ...own, description: '', isSkipped: false, state }
    })
    this.#set([...this.#all, ...added])
    const most = await this.#mostBytes()
    for (const { key, blob, state } of added) {
      if (state.kind === 'failed') continue
      if (most !== undefined && blob.size > most) this.#fail(key, tooLarge(most), true)
      else void this.#keep(key)
    }
    void this.#work()
  }

  describe(key: string, description: string): void {
    this.#change(key, { description, isSkipped: false })
    void this.#keep(key)
  }

  /** Nothing is to be said about the pictures of a draft. */
  skipAll(draftKey: string): void {
    for (const { key, description } of this.of(draftKey)) {
      if (description.trim() === '') this.#change(key, { isSkipped: true })
      void this.#keep(key)
    }
  }

  retry(key: string): void {
    this.#change(key, { state: { kind: 'waiting' }, uploadId: undefined })
    void this.#work()
  }

  /** Stops it, and tells the server to forget it. */
  remove(key: string): void {
    const one = this.#find(key)
    this.#stops.get(key)?.abort()
    this.#forget(key)
    if (one?.uploadId !== undefined) this.#needs.api.drop(one.uploadId).catch(() => undefined)
  }

  /** Those of a draft are on their way with its message. */
  sent(draftKey: string): void {
    const own = this.of(draftKey)
    this.#sent = [...this.#sent, ...own].slice(-MOST_FILES)
    for (const { key } of own) this.#forget(key)
  }

  /** Those of a message that was not sent are its draft's again; after a reload, as the server has them. */
  takeBack(channelKey: string, draftKey: string, files: readonly AttachmentView[]): void {
    const back = files.map((file): Upload => {
      const { id, name, type, description = '' } = file
      const known = this.#sent.find(({ uploadId }) => uploadId === id)
      const blob = known?.blob ?? new Blob([], { type })
      const view = { ...file, offset: file.bytes, pieceBytes: PIECE_BYTES, isReady: true }
      const own = { key: this.#needs.newKey(), channelKey, draftKey, name, blob, uploadId: id }
      return { ...own, description, isSkipped: description === '', state: { kind: 'ready', view } }
    })
    this.#set([...back, ...this.#all])
    for (const { key } of back) void this.#keep(key)
  }

  #forget(key: string): void {
    void dropKept(key)
    this.#set(this.#all.filter((one) => one.key !== key))
  }

  async #restore(): Promise<void> {
    const kept = await keptFiles()
    const mine = kept.filter(({ person }) => person === this.#needs.person)
    // What another person left on this device is nobody's to keep.
    for (const { key, person } of kept) if (person !== this.#needs.person) void dropKept(key)
    const known = new Set(this.#all.map(({ key }) => key))
    const back = mine
      .filter(({ key }) => !known.has(key))
      .map(({ person: _mine, ...one }): Upload => ({ ...one, state: { kind: 'waiting' } }))
    if (back.length === 0) return
    this.#set([...back, ...this.#all])
    void this.#work()
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#bring(next)
    } finally {
      this.#isBusy = false
    }
  }

  #next(): Upload | undefined {
    return this.#all.find(({ state }) => state.kind === 'waiting')
  }

  async #bring(one: Upload): Promise<void> {
    const stop = new AbortController()
    this.#stops.set(one.key, stop)
    try {
      const view = await this.#pieces(one, stop.signal)
      const whole = view === undefined ? undefined : await this.#withSmall(one, view)
      this.#waitMs = FIRST_WAIT_MS
      if (whole !== undefined) this.#change(one.key, { state: { kind: 'ready', view: whole } })
    } catch (cause) {
      if (!stop.signal.aborted) this.#interrupted(one.key, cause)
    } finally {
      this.#stops.delete(one.key)
    }
  }

  /** Undefined: it was removed meanwhile. */
  async #pieces(one: Upload, signal: AbortSignal): Promise<UploadView | undefined> {
    const { api } = this.#needs
    const { key, blob, name, channelKey } = one
    let view = await this.#begun(one)
    if (view === undefined) {
      const said = { name, type: blob.type || 'application/octet-stream', bytes: blob.size }
      view = await api.begin(channelKey, said)
      this.#change(key, { uploadId: view.id })
      void this.#keep(key)
    }
    const { id } = view
    const size = Math.min(PIECE_BYTES, view.pieceBytes)
    while (!view.isReady && !signal.aborted) {
      this.#change(key, { state: { kind: 'sending', sent: view.offset } })
      const piece = blob.slice(view.offset, view.offset + size)
      view = await api.piece(id, view.offset, piece, signal).catch((cause: unknown) => {
        // The answer to the piece before was lost on the way: the server says where to go on.
        if (cause instanceof ApiError && cause.code === 'conflict') return api.upload(id)
        throw cause
      })
    }
    return signal.aborted ? undefined : view
  }

  async #begun({ uploadId, blob }: Upload): Promise<UploadView | undefined> {
    if (uploadId === undefined) return undefined
    return this.#needs.api.upload(uploadId).catch((cause: unknown) => {
      // Begun anew, if it is not the server alone that had its bytes.
      if (cause instanceof ApiError && cause.status === 404 && blob.size > 0) return undefined
      throw cause
    })
  }

  async #withSmall(one: Upload, view: UploadView): Promise<UploadView> {
    if (view.width === undefined || view.preview !== undefined) return view
    const { smallBytes } = (await this.#knownLimits()) ?? { smallBytes: 0 }
    const small = await smallPictureOf(one.blob, smallBytes)
    if (small === undefined) return view
    return this.#needs.api.small(view.id, small).catch(() => view)
  }

  #interrupted(key: string, cause: unknown): void {
    const { status = 0, message } = cause instanceof ApiError ? cause : {}
    const explanation = explanationOf(cause)
    const isPassing = status === 0 || status === 429 || status >= 500
    if (!isPassing || status === 507)
      return this.#fail(key, message ?? fileTexts.failed, status === 404, explanation)
    const { state } = this.#find(key) ?? {}
    const sent = state?.kind === 'sending' ? state.sent : 0
    this.#change(key, { state: { kind: 'paused', sent } })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#resume(), this.#waitMs)
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS)
  }

  #resume(): void {
    for (const { key, state } of this.#all) {
      if (state.kind === 'paused') this.#change(key, { state: { kind: 'waiting' } })
    }
    void this.#work()
  }

  async #mostBytes(): Promise<number | undefined> {
    return (await this.#knownLimits())?.maxBytes
  }

  async #knownLimits() {
    this.#limits ??= this.#needs.api.limits()
    return this.#limits.catch(() => {
      this.#limits = undefined
      return undefined
    })
  }

  async #keep(key: string): Promise<void> {
    const one = this.#find(key)
    if (one === undefined) return
    const { state: _state, ...kept } = one
    await keepFile({ ...kept, person: this.#needs.person })
    // Removed while it was being kept.
    if (this.#find(key) === undefined) void dropKept(key)
  }

  #fail(key: string, why: string, isFinal: boolean, explanation?: string): void {
    this.#change(key, { state: { kind: 'failed', why, isFinal, explanation } })
  }

  #find(key: string): Upload | undefined {
    return this.#all.find((one) => one.key === key)
  }

  #change(key: string, change: Partial<Upload>): void {
    this.#set(this.#all.map((one) => (one.key === key ? { ...one, ...change } : one)))
  }

  #set(all: readonly Upload[]): void {
    this.#all = all
    for (const listener of [...this.#listeners]) listener()
  }
}

function tooLarge(most: number): string {
  return most === 0 ? fileTexts.noFiles : fileTexts.tooLarge(sizeText(most, spokenLanguage()))
}
