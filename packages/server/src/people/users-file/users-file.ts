// The users file in use: who is in it may sign in, also after it was edited; who leaves it is out at once.

import { createHmac } from 'node:crypto'
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { deriveKey } from '../../auth/derived-key.ts'
import { EmailTaken } from '../../auth/errors.ts'
import { inventedEmail } from '../../auth/file-people.ts'
import { sameText } from '../../auth/same-text.ts'
import type { SignIn } from '../../auth/sign-in.ts'
import type { FilePeople } from '../../auth/sign-in-options.ts'
import { FILE_MARKS, type FileMark, syncFilePeople } from '../../commands/sync-file-people.ts'
import type { Context } from '../../context.ts'
import { isPassword } from './password-hash.ts'
import { type FilePerson, readUsersFile, UsersFileInvalid } from './read-users-file.ts'

/** How often the file is looked at; milliseconds. Its date is read, so a link that is turned elsewhere is seen as well. */
const LOOK_MS = 500

export type UsersFileOptions = {
  /** Absent: there is none; people of an earlier one are put out. */
  readonly path: string | undefined
  readonly context: Context
  readonly secret: string
  readonly report: (error: unknown) => void
  readonly tell: (people: number) => void
}

export class UsersFile implements FilePeople {
  readonly #options: UsersFileOptions
  #people = new Map<string, FilePerson>()
  #signIn: SignIn['accounts'] | undefined
  #reading: Promise<void> = Promise.resolve()

  /** Reads the file. @throws {UsersFileInvalid} */
  constructor(options: UsersFileOptions) {
    this.#options = options
    this.#people = byId(this.#read())
  }

  has(personId: string): boolean {
    return this.#people.has(personId)
  }

  emailOf(login: string): string | undefined {
    const person = this.#people.get(login)
    if (person !== undefined) return person.email ?? inventedEmail(person.id)
    // A name that is nobody's is refused as a wrong password is: nobody learns who is in the file.
    const isName = this.#options.path !== undefined && !login.includes('@')
    return isName ? inventedEmail(login.slice(0, 64)) : undefined
  }

  async verify(personId: string, password: string): Promise<boolean> {
    const person = this.#people.get(personId)
    if (person === undefined || !(await isPassword(person.password, password))) return false
    // The file may have changed while the password was hashed.
    return isDeepStrictEqual(this.#people.get(personId)?.password, person.password)
  }

  /** Makes accounts and facts follow the file, now and whenever it changes. @throws {UsersFileInvalid | Failure} */
  async follow(signIn: SignIn['accounts']): Promise<void> {
    this.#signIn = signIn
    await this.#take([...this.#people.values()])
    const { path } = this.#options
    if (path === undefined) return
    watchFile(path, { interval: LOOK_MS, persistent: false }, () => this.reload())
    // It may have changed since it was read.
    this.reload()
  }

  /** Reads the file again; one that cannot be used is reported, and the people stay as they were. */
  reload(): void {
    this.#reading = this.#reading
      .then(() => this.#take(this.#read()))
      .catch((error: unknown) => this.#options.report(error))
  }

  async stop(): Promise<void> {
    if (this.#options.path !== undefined) unwatchFile(this.#options.path)
    await this.#reading
  }

  #read(): readonly FilePerson[] {
    const { path, context } = this.#options
    if (path === undefined) return []
    const types = context.standing.world.policy.document.people?.attributes
    return readUsersFile(path, textOf(path), types)
  }

  async #take(people: readonly FilePerson[]): Promise<void> {
    const { context } = this.#options
    const signIn = this.#signIn
    if (signIn === undefined) return
    const before = await marksIn(context)
    for (const { id, name, email } of people) {
      await this.#put(signIn, { id, name, ...(email === undefined ? {} : { email }) })
    }
    // From here on the new passwords count, and nobody who left gets in; then their sessions end.
    this.#people = byId(people)
    const marked = people.map((person) => ({ ...person, mark: this.#markOf(person) }))
    for (const { id, mark } of marked) {
      const last = before.get(id)
      if (last !== undefined && !sameText(last.password, mark)) await signIn.endSessions(id)
    }
    for (const id of before.keys()) {
      if (!this.#people.has(id)) await signIn.removeFileAccount(id)
    }
    await syncFilePeople(context, { people: marked, before })
    if (this.#options.path !== undefined) this.#options.tell(people.length)
  }

  async #put(signIn: SignIn['accounts'], account: Parameters<typeof signIn.putFileAccount>[0]) {
    try {
      await signIn.putFileAccount(account)
    } catch (error) {
      if (!(error instanceof EmailTaken)) throw error
      const remedy = `give \`${account.id}\` another id or e-mail`
      throw new UsersFileInvalid(this.#options.path ?? '', [
        { line: 1, column: 1, message: error.message, remedy },
      ])
    }
  }

  /** A keyed hash, so that it gives nothing away about the password. */
  #markOf({ id, password }: FilePerson): string {
    const key = deriveKey(this.#options.secret, 'users file')
    return createHmac('sha256', key)
      .update(JSON.stringify([id, password]))
      .digest('base64url')
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = (error as { readonly code?: unknown }).code
    throw new UsersFileInvalid(path, [
      {
        line: 1,
        column: 1,
        message: `the file cannot be read (${typeof why === 'string' ? why : 'unknown'})`,
        remedy: 'let `SAYSO_USERS` name a file that this process may read',
      },
    ])
  }
}

function byId(people: readonly FilePerson[]): Map<string, FilePerson> {
  return new Map(people.map((person) => [person.id, person]))
}

async function marksIn({ store }: Context): Promise<Map<string, FileMark>> {
  const records = await store.records({ collection: FILE_MARKS, limit: 1_000 })
  return new Map(records.map(({ key, value }) => [key, value as unknown as FileMark]))
}
