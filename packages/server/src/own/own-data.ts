// Everything that is kept of one person, as the files of an archive, made while it is read: never more in memory than a page.

import type { Eraser, FeedEntry, Store } from '@sayso/store'
import { auditPages } from '@sayso/store'
import { subjectOfPerson } from '../erasure/take-back.ts'
import { everyFile, type FileRecord } from '../files/file-record.ts'
import type { Files } from '../files/files.ts'
import { allOwn } from './own-records.ts'

type Line = Readonly<Record<string, unknown>>

/** One file of an archive. */
export type DataFile = {
  readonly name: string
  readonly input: AsyncIterable<Uint8Array>
}

export type OwnDataOptions = {
  readonly person: string
  readonly store: Store
  readonly eraser: Pick<Eraser, 'written'>
  readonly files: Files
  /** What is at hand: profile, sessions, roles; each becomes a JSON file of that name. */
  readonly documents: Readonly<Record<string, unknown>>
}

/** The files, one after the other; each is to be read to its end before the next. */
export async function* ownData(options: OwnDataOptions): AsyncGenerator<DataFile> {
  const { person, store, eraser, files } = options
  for (const [name, value] of Object.entries(options.documents))
    yield { name: `${name}.json`, input: bytesOf([`${JSON.stringify(value, null, 2)}\n`]) }
  const pages = (linesOf: (entry: FeedEntry) => readonly Line[]) =>
    linesIn(writtenBy(eraser, person, linesOf))
  yield { name: 'messages.jsonl', input: pages((entry) => messagesOf(entry, person)) }
  yield { name: 'reactions.jsonl', input: pages((entry) => reactionsOf(entry, person)) }
  yield { name: 'kept.jsonl', input: linesIn(keptBy(store, person)) }
  yield { name: 'audit.jsonl', input: linesIn(auditOf(store, person)) }
  yield { name: 'files.jsonl', input: linesIn(filesOf(store, person)) }
  for await (const { id, name } of ownFiles(store, person)) {
    const content = await files.disk.read(id, 'whole')
    if (content !== undefined) yield { name: `files/${id}-${plain(name)}`, input: content }
  }
}

/** A name inside an archive leads nowhere else. */
function plain(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return name.replaceAll(/[\u0000-\u001f\\/:*?"<>|]/g, '_').slice(-120)
}

const encoder = new TextEncoder()

async function* bytesOf(texts: Iterable<string> | AsyncIterable<string>) {
  for await (const text of texts) yield encoder.encode(text)
}

async function* linesIn(pages: AsyncIterable<readonly Line[]>) {
  for await (const page of pages) {
    if (page.length > 0)
      yield encoder.encode(page.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

async function* writtenBy(
  eraser: Pick<Eraser, 'written'>,
  person: string,
  linesOf: (entry: FeedEntry) => readonly Line[],
): AsyncGenerator<readonly Line[]> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: Awaited<ReturnType<Eraser['written']>> = await eraser.written(person, after)
    yield page.entries.flatMap(linesOf)
    after = page.next
  }
}

/** Their messages in every version, whoever made it. */
function messagesOf(entry: FeedEntry, person: string): readonly Line[] {
  if (entry.kind !== 'message') return []
  const { channel, atMs } = entry
  return entry.messages
    .filter(({ clientId }) => clientId === person)
    .map(({ serial, action, name, data, extras, version }) => ({
      channel,
      serial,
      at: new Date(atMs).toISOString(),
      action,
      name,
      ...content(data),
      extras,
      version,
    }))
}

function content(data: string | Uint8Array | undefined): Line {
  return data instanceof Uint8Array ? { base64: Buffer.from(data).toString('base64') } : { data }
}

function reactionsOf(entry: FeedEntry, person: string): readonly Line[] {
  if (entry.kind !== 'annotation') return []
  const { channel, atMs } = entry
  return entry.annotations
    .filter(({ clientId }) => clientId === person)
    .map(({ messageSerial, action, type, name, count, data }) => ({
      channel,
      message: messageSerial,
      at: new Date(atMs).toISOString(),
      action,
      type,
      name,
      count,
      ...content(data),
    }))
}

async function* keptBy(store: Store, person: string): AsyncGenerator<readonly Line[]> {
  yield await allOwn(store, person)
}

/** What they did, and what was done about them; where others called from is theirs. */
async function* auditOf(store: Store, person: string): AsyncGenerator<readonly Line[]> {
  const subject = subjectOfPerson(person)
  for await (const page of auditPages(store, { actor: subject })) yield page
  for await (const page of auditPages(store, { target: subject })) {
    yield page
      .filter(({ actor }) => actor !== subject)
      .map(({ address: _address, effect: _effect, ...line }) => line)
  }
}

type OwnFile = { readonly id: string } & FileRecord

async function* ownFiles(store: Store, person: string): AsyncGenerator<OwnFile> {
  const owner = subjectOfPerson(person)
  for await (const { key, value } of everyFile(store)) {
    const file = value as FileRecord
    if (file.owner === owner && file.state !== 'arriving') yield { id: key, ...file }
  }
}

async function* filesOf(store: Store, person: string): AsyncGenerator<readonly Line[]> {
  for await (const { id, kind, channel, name, type, bytes, createdAtMs } of ownFiles(
    store,
    person,
  )) {
    const at = new Date(createdAtMs).toISOString()
    yield [{ id, kind, channel, name, type, bytes, at, content: `files/${id}-${plain(name)}` }]
  }
}
