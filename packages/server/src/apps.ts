// The apps of an installation: durable, one folder each, sealed from each other. The main one keeps the list.

import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditLine, NewRecord } from '@sayso/store'
import { type AppRecord, appRecord, readApps, withoutApp } from './app-records.ts'
import { commit } from './commands/decide-and-commit.ts'
import { Failure } from './commands/failure.ts'
import type { FirstKey, Founder } from './founding.ts'
import type { HeldApp, HeldApps } from './held-apps.ts'
import { word } from './word.ts'

export type { AppRecord } from './app-records.ts'

/** Opened when the server starts; those beyond, when somebody first comes to them. */
const OPENED_AT_START = 100
const MAX_APPS = 1_000

export type AppDetails = Pick<AppRecord, 'name' | 'project' | 'environment'>

/** An app with the string of its first key, which nobody can read again. */
export type MadeApp = AppRecord & { readonly firstKey: string }

/** Who asked for it, for the audit log. */
type By = Pick<AuditLine, 'actor' | 'address' | 'details'>

const SERVER: By = { actor: 'server' }

export type Apps = {
  readonly main: HeldApp
  /** The main app, or one that is open. */
  get(appId: string): HeldApp | undefined
  /** The main app, one that is open, or one that is opened now; undefined if there is none. @throws {Failure} `store_unavailable` */
  find(appId: string): HeldApp | Promise<HeldApp> | undefined
  /** All but the main one, by id. */
  list(): readonly AppRecord[]
  /** Makes an app with the policy a new app starts with. @throws {Failure} `conflict`, `store_unavailable` */
  create(details: AppDetails, by?: By): Promise<MadeApp>
  /** @returns undefined if there is no such app. @throws {Failure} `conflict`, `store_unavailable` */
  change(appId: string, details: Partial<AppDetails>, by?: By): Promise<AppRecord | undefined>
  /** Ends its connections and deletes all it has. @returns false if there is no such app */
  remove(appId: string, by?: By, records?: readonly NewRecord[]): Promise<boolean>
  /** A sentence while one of them cannot be opened or its store is in trouble. */
  trouble(): string | undefined
}

export type AppsOptions = {
  readonly main: HeldApp
  readonly held: HeldApps
  /** The folder their folders are in. */
  readonly folder: string
  readonly found: Founder
  readonly now: () => number
  readonly report: (what: string, error: unknown) => void
}

/** Reads the list, clears away what a crash left half made or half removed, and begins to open the apps. */
export async function openApps(options: AppsOptions): Promise<Apps> {
  const { context } = options.main
  const { ready, halves } = await readApps(context.store)
  for (const id of halves) {
    await rm(join(options.folder, id), { recursive: true, force: true })
    await commit(context, { entries: [], records: [withoutApp(id)] })
  }
  const registry = new Registry(options, ready)
  void registry.warm()
  return registry
}

class Registry implements Apps {
  readonly main: HeldApp
  readonly #options: AppsOptions
  readonly #records: Map<string, AppRecord>
  readonly #broken = new Map<string, string>()

  constructor(options: AppsOptions, records: readonly AppRecord[]) {
    this.main = options.main
    this.#options = options
    this.#records = new Map(records.map((record) => [record.id, record]))
  }

  /** One after the other, so that whoever comes meanwhile is not kept waiting. */
  async warm(): Promise<void> {
    for (const id of [...this.#records.keys()].slice(0, OPENED_AT_START))
      if (this.#records.has(id)) await this.#open(id).catch(() => undefined)
  }

  get(appId: string): HeldApp | undefined {
    return appId === this.main.context.appId ? this.main : this.#options.held.get(appId)
  }

  find(appId: string): HeldApp | Promise<HeldApp> | undefined {
    return this.get(appId) ?? (this.#records.has(appId) ? this.#open(appId) : undefined)
  }

  list(): readonly AppRecord[] {
    return [...this.#records.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  async create(details: AppDetails, by: By = SERVER): Promise<MadeApp> {
    if (this.#records.size >= MAX_APPS)
      throw new Failure('conflict', `there are ${MAX_APPS} apps`, { remedy: 'remove some' })
    this.#requireFree(details)
    const app: AppRecord = { id: this.#freeId(), ...details, createdAtMs: this.#options.now() }
    const key = { keyId: word(6), secret: randomBytes(24).toString('base64url') }
    // Taken from here on, so that nobody else is given the name meanwhile.
    this.#records.set(app.id, app)
    try {
      await this.#make(app, key, by)
    } catch (error) {
      this.#records.delete(app.id)
      await this.#clear(app.id).catch((failure) => this.#options.report('apps', failure))
      throw error
    }
    return { ...app, firstKey: `${app.id}.${key.keyId}:${key.secret}` }
  }

  async change(appId: string, details: Partial<AppDetails>, by: By = SERVER) {
    const before = this.#records.get(appId)
    if (before === undefined) return undefined
    const after = { ...before, ...details }
    this.#requireFree(after, appId)
    this.#records.set(appId, after)
    try {
      await this.#record(after, 'change-app', by, { before: shown(before), after: shown(after) })
    } catch (error) {
      this.#records.set(appId, before)
      throw error
    }
    return after
  }

  async remove(
    appId: string,
    by: By = SERVER,
    records: readonly NewRecord[] = [],
  ): Promise<boolean> {
    const app = this.#records.get(appId)
    if (app === undefined) return false
    this.#records.delete(appId)
    try {
      await commit(this.main.context, {
        entries: [],
        records: [appRecord(app, 'leaving'), ...records],
        audit: { command: 'remove-app', ...by, target: `app:${appId}`, before: shown(app) },
      })
    } catch (error) {
      this.#records.set(appId, app)
      throw error
    }
    await this.#clear(appId)
    return true
  }

  trouble(): string | undefined {
    for (const [appId, sentence] of this.#broken) return `the app \`${appId}\`: ${sentence}`
    for (const app of this.#options.held.values()) {
      const sentence = app.trouble()
      if (sentence !== undefined) return `the app \`${app.context.appId}\`: ${sentence}`
    }
    return undefined
  }

  async #open(appId: string): Promise<HeldApp> {
    try {
      const app = await this.#options.held.open(appId, join(this.#options.folder, appId))
      this.#broken.delete(appId)
      return app
    } catch (error) {
      if (!this.#broken.has(appId)) this.#options.report('apps', error)
      this.#broken.set(appId, error instanceof Error ? error.message : 'it cannot be opened')
      throw new Failure('store_unavailable', 'this app cannot be opened now', {
        remedy: 'try again later',
      })
    }
  }

  /** INVARIANT: listed as being made before there is a folder, and as ready only when it is whole. */
  async #make(app: AppRecord, key: FirstKey, by: By): Promise<void> {
    const { main, held, folder, found } = this.#options
    await commit(main.context, { entries: [], records: [appRecord(app, 'making')] })
    await found(await held.open(app.id, join(folder, app.id)), key)
    await this.#record(app, 'create-app', by, { after: { ...shown(app), key: key.keyId } })
  }

  async #record(
    app: AppRecord,
    command: string,
    by: By,
    what: Pick<AuditLine, 'before' | 'after'>,
  ) {
    await commit(this.main.context, {
      entries: [],
      records: [appRecord(app, 'ready')],
      audit: { command, ...by, target: `app:${app.id}`, ...what },
    })
  }

  async #clear(appId: string): Promise<void> {
    await this.#options.held.end(appId)
    this.#broken.delete(appId)
    await rm(join(this.#options.folder, appId), { recursive: true, force: true })
    await commit(this.main.context, { entries: [], records: [withoutApp(appId)] })
  }

  #requireFree({ project, environment }: Partial<AppDetails>, except?: string): void {
    if (project === undefined || environment === undefined) return
    const taken = [...this.#records.values()].some(
      (each) => each.id !== except && each.project === project && each.environment === environment,
    )
    if (taken)
      throw new Failure(
        'conflict',
        `\`${project}\` has an environment \`${environment}\` already`,
        {
          remedy: 'choose another name',
        },
      )
  }

  #freeId(): string {
    for (;;) {
      const id = word(8)
      if (this.find(id) === undefined) return id
    }
  }
}

function shown({ id: _id, createdAtMs: _made, ...details }: AppRecord) {
  return details
}
