// The example's own server, as the page calls it.

export const COLOURS = ['red', 'green', 'blue'] as const
export type Colour = (typeof COLOURS)[number]

export type Somebody = { readonly id: string; readonly name: string }
/** Who is signed in, where Sayso listens, and who paints. */
export type Me = Somebody & { readonly port: number; readonly painters: readonly Somebody[] }
/** The colours each painter may set. */
export type Ticks = Readonly<Record<string, readonly Colour[]>>

/** What the server said no to, in its own sentence. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Refused(response.status, answer.message ?? 'That did not work.')
  return answer
}

/** Absent if nobody is signed in. */
export async function whoAmI(): Promise<Me | undefined> {
  try {
    return await call<Me>('GET', '/me')
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return undefined
    throw error
  }
}

/** @throws {Refused} the name and password do not go together */
export const signIn = (name: string, password: string) =>
  call<Somebody>('POST', '/login', { name, password })
export const signOut = () => call('POST', '/logout')
export const freshToken = async () => (await call<{ token: string }>('GET', '/token')).token
export const readTicks = () => call<Ticks>('GET', '/ticks')
/** Replaces what is ticked for one painter. @throws {Refused} only administrators tick */
export const writeTicks = (person: string, colours: readonly Colour[]) =>
  call('PUT', '/ticks', { person, colours })
