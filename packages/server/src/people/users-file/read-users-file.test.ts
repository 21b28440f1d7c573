import { describe, expect, test } from 'vitest'
import { isPassword, passwordHash } from './password-hash.ts'
import { readUsersFile, UsersFileInvalid } from './read-users-file.ts'

const HASH = `${'0'.repeat(32)}:${'a'.repeat(128)}`

function problemsIn(text: string, types?: Readonly<Record<string, 'string' | 'int'>>): string {
  try {
    readUsersFile('users.yml', text, types)
    return ''
  } catch (error) {
    if (error instanceof UsersFileInvalid) return error.message
    throw error
  }
}

describe('a users file', () => {
  test('says who people are, by id', () => {
    const text = `
ada: { name: Ada Lovelace, email: Ada@example.com, password: "${HASH}", serverData: { age: 36 } }
bob@example.com: { password: knock knock, clear: true, clientData: { theme: dark } }
`
    expect(readUsersFile('users.yml', text, { age: 'int' })).toEqual([
      {
        id: 'ada',
        name: 'Ada Lovelace',
        email: 'ada@example.com',
        password: { kind: 'hash', hash: HASH },
        serverData: { age: 36 },
      },
      {
        id: 'bob@example.com',
        name: 'bob@example.com',
        email: 'bob@example.com',
        password: { kind: 'clear', text: 'knock knock' },
        serverData: {},
        clientData: { theme: 'dark' },
      },
    ])
    expect(readUsersFile('users.yml', '{}', undefined)).toEqual([])
  })

  test.each([
    ['', '1:1: the file is empty'],
    ['ada: { name: Ada }', '1:6: `password` is missing'],
    ['ada: { password: hunter2 }', '1:8: the password is not hashed'],
    ['ada: { password: 4711, clear: true }', '1:8: the password is no text'],
    ['ada: { password: x, clear: maybe }', 'is not a valid flag'],
    ['ada: { password: x, clear: true, colour: red }', '`colour` is not known here'],
    ['"a#b": { password: x, clear: true }', 'is not a valid id'],
    [
      'ada: { password: x, clear: true, serverData: { email: x } }',
      '`email` is said by the account',
    ],
    ['ada: { password: x, clear: true, serverData: { age: old } }', 'not a whole number'],
    ['ada: { password: x, clear: true, serverData: { id: x } }', '`id` is set by the system'],
    [
      'ada: { password: x, clear: true, email: a@b.c }\nbob: { password: x, clear: true, email: A@b.c }',
      '2:34: `ada` has this e-mail',
    ],
    ['ada: { password: x, clear: true }\nada: { password: y, clear: true }', 'is given twice'],
    ['ada: [', 'not valid YAML'],
  ])('%j says: %s', (text, expected) => {
    expect(problemsIn(text, { age: 'int' })).toContain(expected)
  })

  test('no problem repeats a password', () => {
    const text = 'ada: { password: hunter2hunter2 }\nbob: { password: 471147114711 }'
    expect(problemsIn(text)).toContain('users.yml:2:8')
    expect(problemsIn(text)).not.toMatch(/hunter2|4711/)
  })
})

describe('a password of the file', () => {
  test('is proved hashed or in clear', async () => {
    const hash = await passwordHash('knock knock')
    expect(await isPassword({ kind: 'hash', hash }, 'knock knock')).toBe(true)
    expect(await isPassword({ kind: 'hash', hash }, 'knock knack')).toBe(false)
    expect(await isPassword({ kind: 'clear', text: 'knock knock' }, 'knock knock')).toBe(true)
    expect(await isPassword({ kind: 'clear', text: 'knock knock' }, 'knock')).toBe(false)
    await expect(passwordHash('')).rejects.toMatchObject({ code: 'weak_password' })
  })
})
