// The users file: people by id, each with a password, what only rules see of them, and what their own screens are given.

import { type Attributes, type AttributeTypes, checkAttributes } from '@sayso/policy'
import { type DataProblem, type PolicyProblem, readData } from '@sayso/policy/document'
import { type FilePassword, isPasswordHash } from './password-hash.ts'

export type FilePerson = {
  /** The clientId, the subject, the policy's key; also the name to sign in by. */
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly password: FilePassword
  /** Attributes for rules. INVARIANT: no client is ever told. */
  readonly serverData: Attributes
  /** For the person's own screens. */
  readonly clientData?: Attributes
}

/** The file cannot be used; nothing was changed. No message repeats a password. */
export class UsersFileInvalid extends Error {
  override readonly name = 'UsersFileInvalid'
  readonly code = 'users_file_invalid'
  readonly problems: readonly Pick<PolicyProblem, 'line' | 'column' | 'message' | 'remedy'>[]
  constructor(file: string, problems: UsersFileInvalid['problems']) {
    const lines = problems.map(
      ({ line, column, message, remedy }) => `${file}:${line}:${column}: ${message}; ${remedy}`,
    )
    super(lines.join('\n'))
    this.problems = problems
  }
}

type Entry = {
  readonly name?: string
  readonly email?: string
  /** A text; what it is checked here, so that no message of the schema repeats it. */
  readonly password: unknown
  readonly clear?: boolean
  readonly serverData?: Attributes
  readonly clientData?: Attributes
}

const data = { title: 'object', description: 'write an object', type: 'object' } as const
const SCHEMA = {
  title: 'users file',
  description: 'write people by id: `ada: { password: … }`',
  type: 'object',
  propertyNames: {
    title: 'id',
    description:
      'use 1 to 64 letters, digits and `.`, `_`, `@`, `-`, starting with a letter or digit',
    type: 'string',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$',
  },
  additionalProperties: {
    title: 'person',
    description: 'write an object with a `password`',
    type: 'object',
    required: ['password'],
    properties: {
      name: {
        title: 'name',
        description: 'use 1 to 80 characters on one line',
        type: 'string',
        pattern: '^[^\\p{Cc}]*[^\\s\\p{Cc}][^\\p{Cc}]*$',
        maxLength: 80,
      },
      email: {
        title: 'e-mail',
        description: 'write it as `name@example.com`',
        type: 'string',
        pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
        maxLength: 320,
      },
      password: {},
      clear: { title: 'flag', description: 'write true or false', type: 'boolean' },
      serverData: { ...data, additionalProperties: true },
      clientData: { ...data, additionalProperties: true },
    },
    additionalProperties: false,
  },
} as const

/** What the account itself says of a person; rules see them as well. */
const ACCOUNT_ATTRIBUTES: readonly string[] = ['name', 'email', 'verified', 'picture', 'clientData']

/** People in one file. */
const MOST_PEOPLE = 1_000

/**
 * Reads a users file.
 *
 * @param file  for messages
 * @param types what the policy declares of people; undefined allows any attribute
 * @throws {UsersFileInvalid} with every problem found, each with line and column
 */
export function readUsersFile(
  file: string,
  text: string,
  types: AttributeTypes | undefined,
): readonly FilePerson[] {
  if (text.trim() === '') {
    const empty = { message: 'the file is empty', remedy: 'write `{}` for nobody' }
    throw new UsersFileInvalid(file, [{ line: 1, column: 1, ...empty }])
  }
  const reading = readData<Readonly<Record<string, Entry>>>(text, SCHEMA, (people) =>
    problemsOf(people, types),
  )
  if (!reading.ok) throw new UsersFileInvalid(file, reading.problems)
  return Object.entries(reading.value).map(([id, entry]) => personOf(id, entry))
}

function personOf(id: string, entry: Entry): FilePerson {
  const { name = id, password, clear, serverData = {}, clientData } = entry
  const email = entry.email ?? (id.includes('@') ? id : undefined)
  const text = String(password)
  return {
    id,
    name: name.trim(),
    password: clear === true ? { kind: 'clear', text } : { kind: 'hash', hash: text },
    serverData,
    ...(email === undefined ? {} : { email: email.toLowerCase() }),
    ...(clientData === undefined ? {} : { clientData }),
  }
}

function problemsOf(
  people: Readonly<Record<string, Entry>>,
  types: AttributeTypes | undefined,
): readonly DataProblem[] {
  const entries = Object.entries(people)
  const many =
    entries.length > MOST_PEOPLE
      ? [
          {
            path: [],
            message: `${entries.length} people are more than ${MOST_PEOPLE}`,
            remedy: 'let people sign up, or import them',
          },
        ]
      : []
  return [
    ...many,
    ...entries.flatMap(([id, entry]) => [
      ...passwordProblems(id, entry),
      ...attributeProblems(id, entry, types),
    ]),
    ...sharedEmails(people),
  ]
}

function passwordProblems(id: string, { password, clear }: Entry): DataProblem[] {
  const path = [id, 'password']
  if (typeof password !== 'string' || password === '' || password.length > 128 + 64) {
    return [{ path, message: 'the password is no text', remedy: 'put it in quotes' }]
  }
  if (clear === true) {
    return password.length <= 128
      ? []
      : [{ path, message: 'the password is too long', remedy: 'use at most 128 characters' }]
  }
  if (isPasswordHash(password)) return []
  return [
    {
      path,
      message: 'the password is not hashed',
      remedy: 'put what `npx sayso users hash` prints, or add `clear: true` if it is meant so',
    },
  ]
}

function attributeProblems(
  id: string,
  { serverData = {}, clientData = {} }: Entry,
  types: AttributeTypes | undefined,
): DataProblem[] {
  const taken = Object.keys(serverData)
    .filter((name) => ACCOUNT_ATTRIBUTES.includes(name))
    .map((name) => ({
      path: [id, 'serverData', name],
      message: `\`${name}\` is said by the account`,
      remedy: 'use another name here',
    }))
  const problems = (field: string, attributes: Attributes, declared?: AttributeTypes) =>
    checkAttributes(declared, attributes).map(({ name, message, remedy }) => ({
      path: [id, field, name],
      message,
      remedy,
    }))
  return [
    ...taken,
    ...problems('serverData', serverData, types),
    // Only nested too deeply, which the store would keep but no screen reads.
    ...problems('clientData', clientData).filter(({ message }) => message.includes('nested')),
  ]
}

function sharedEmails(people: Readonly<Record<string, Entry>>): DataProblem[] {
  const first = new Map<string, string>()
  return Object.entries(people).flatMap(([id, { email = id }]) => {
    const address = email.toLowerCase()
    const before = first.get(address)
    if (before === undefined) {
      first.set(address, id)
      return []
    }
    const path = people[id]?.email === undefined ? [id] : [id, 'email']
    const remedy = 'give each person an e-mail of their own'
    return [{ path, message: `\`${before}\` has this e-mail`, remedy }]
  })
}
