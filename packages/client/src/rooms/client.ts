// The client of rooms: connects with a token or key, joins rooms, leaves them. Underneath is a stock Ably client.

import type * as Ably from 'ably'
import { type AuthOptions, stockAuth } from './auth.ts'
import { ForbiddenError, TimeoutError, typedError, ValidationError } from './errors.ts'
import { Room } from './room.ts'

export type RoomsOptions = AuthOptions & {
  /** The stock class, `Ably.Realtime`: nothing is imported that an application does not have. */
  readonly Realtime: new (
    options: Ably.ClientOptions,
  ) => Ably.RealtimeClient
  /** Address of the server; default: the page's own. */
  readonly url?: string
  /** Anything else the stock client takes. */
  readonly options?: Ably.ClientOptions
}

/** How long a call may take; milliseconds. */
const ANSWER_WITHIN_MS = 5_000
const ROOM_ID = /^[A-Za-z0-9_.:-]{1,512}$/

type Held = { readonly room: Room; count: number }

export class Rooms {
  /** The stock client underneath, for everything that is not here. */
  readonly realtime: Ably.RealtimeClient
  readonly #rooms = new Map<string, Held>()

  /** @throws {ValidationError} no way to authenticate is given */
  constructor({ Realtime, url, options, ...auth }: RoomsOptions) {
    this.realtime = new Realtime({
      autoConnect: false,
      ...addressOf(url),
      ...stockAuth(auth),
      ...options,
    })
  }

  /** Resolves when the connection stands. @throws {RoomError} typed by why it does not */
  async connect(): Promise<void> {
    const { connection } = this.realtime
    connection.connect()
    if (connection.state === 'connected') return
    await new Promise<void>((resolve, reject) => {
      const onState = ({ current, reason }: Ably.ConnectionStateChange) => {
        if (!['connected', 'failed', 'disconnected', 'suspended', 'closed'].includes(current))
          return
        connection.off(onState)
        if (current === 'connected') resolve()
        else reject(typedError(reason, 'connect'))
      }
      connection.on(onState)
    })
  }

  /** Ends the connection; every room is left. */
  disconnect(): void {
    this.realtime.close()
    this.#rooms.clear()
  }

  /**
   * Joins a room and makes it if there is none: attaching makes one that no policy governs; one that a policy governs is
   * made if the policy lets this client.
   *
   * @param id letters, digits, `-`, `_`, `:` and `.`
   * @throws {ForbiddenError} nothing is allowed there; nothing was made
   * @throws {ValidationError | TokenExpiredError | TokenError | UnauthorizedError | TimeoutError | SocketConnectionError}
   */
  async join(id: string): Promise<Room> {
    if (typeof id !== 'string' || !ROOM_ID.test(id))
      throw new ValidationError(`\`${id}\` is not the id of a room`)
    const held = this.#rooms.get(id)
    if (held !== undefined) {
      held.count += 1
      return held.room
    }
    const channel = this.realtime.channels.get(id)
    await this.#attachOrMake(id, channel)
    const room = new Room(id, channel, {
      realtime: this.realtime,
      attach: (each) => this.#attach(id, each),
      left: (each) => this.#left(each),
    })
    this.#rooms.set(id, { room, count: 1 })
    return room
  }

  async #attachOrMake(id: string, channel: Ably.RealtimeChannel): Promise<void> {
    try {
      await this.#attach(id, channel)
    } catch (error) {
      if (!(error instanceof ForbiddenError) || !(await this.#make(id))) throw error
      await this.#attach(id, channel)
    }
  }

  /** True if the policy let this client make it. */
  async #make(id: string): Promise<boolean> {
    const path = `/channels/${encodeURIComponent(id)}`
    const response = await this.realtime
      .request('POST', path, 3, undefined, {})
      .catch(() => undefined)
    return response?.success === true
  }

  async #attach(id: string, channel: Ably.RealtimeChannel): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new TimeoutError(
              `\`join\` of \`${id}\` was not answered within ${ANSWER_WITHIN_MS} ms`,
            ),
          ),
        ANSWER_WITHIN_MS,
      )
    })
    try {
      await Promise.race([channel.attach(), late])
    } catch (error) {
      throw typedError(error, `\`join\` of \`${id}\``)
    } finally {
      clearTimeout(timer)
    }
  }

  #left(id: string): Promise<void> {
    const held = this.#rooms.get(id)
    if (held === undefined) return Promise.resolve()
    held.count -= 1
    if (held.count > 0) return Promise.resolve()
    this.#rooms.delete(id)
    return held.room.end()
  }
}

function addressOf(url: string | undefined): Ably.ClientOptions {
  const { hostname, port, protocol } = new URL(url ?? location.origin)
  const isSafe = protocol === 'https:'
  return {
    endpoint: hostname,
    tls: isSafe,
    ...(isSafe ? { tlsPort: Number(port || 443) } : { port: Number(port || 80) }),
  }
}
