// The port of erasure: taking somebody out of what is kept for good, in slices, so that nobody waits for it.

import type { FeedEntry } from './store.ts'

/** Whose traces go, and how far. */
export type Erasure = {
  /** Names this erasure in what it leaves behind. */
  readonly id: string
  /** What they published as; `user:<clientId>` in rights. It stays, as a pseudonym. INVARIANT: no text holds it by chance. */
  readonly clientId: string
  /** What says who they were: name, e-mail, address of a picture. Each with at least one character. */
  readonly texts: readonly string[]
  /** `delete`: nothing that they wrote stays. `keep`: their messages stay, under the pseudonym. */
  readonly messages: 'delete' | 'keep'
  /** Collections whose records go if they hold anything of theirs; in all others the texts are blotted out. */
  readonly removed: readonly string[]
}

/** One slice: how many places were changed, and where to go on; no `next`: that was the last. */
export type ErasedSlice = { readonly changed: number; readonly next?: number }

/** What lines of the audit log an erasure blotted out. */
export type ErasedLines = {
  readonly lines: number
  /** SHA-256 over what is left of them, in their order; hex. */
  readonly digest: string
}

export type WrittenPage = {
  /** Entries of the log with something they wrote in them. */
  readonly entries: readonly FeedEntry[]
  readonly next?: number
}

/**
 * Every call takes one slice and may be repeated, so that an erasure that was interrupted is simply begun again.
 *
 * @throws {StoreFull | StoreClosed} what was changed before stays changed
 */
export type Eraser = {
  /** Entries in which somebody wrote, edited or annotated; a slice may be empty and not the last. @param after revision */
  written(clientId: string, after: number): Promise<WrittenPage>
  /** The log: what they wrote, and what facts said of them. @param after revision */
  log(erasure: Erasure, after: number): Promise<ErasedSlice>
  /** Lines of the audit log. @param after number of the line */
  audit(erasure: Erasure, after: number): Promise<ErasedSlice>
  /** Records. @param after version */
  records(erasure: Erasure, after: number): Promise<ErasedSlice>
  /** What happened to them as members of channels. @param after number */
  presence(erasure: Erasure, after: number): Promise<ErasedSlice>
  /** What the finished erasure of the audit log has to say, for the line that proves it. */
  erasedLines(id: string): Promise<ErasedLines>
  /** Brings everything into the database file, over what was erased; false: somebody was reading, try again. */
  flush(): Promise<boolean>
}
