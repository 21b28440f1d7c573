// The shared colour: the last message of its channel, what this screen has tried on top of it, and what was refused.

import type { ErrorInfo, InboundMessage, Realtime } from 'ably'

export const BOARD = 'board:colour'
export const PAINT = 'paint'

/** What this screen shows. */
export type Shown = {
  /** Absent: nothing painted yet, or nothing one may see. */
  readonly colour?: string
  /** Who painted it. */
  readonly by?: string
  /** True while the colour is only tried, here: the server has not answered. */
  readonly isTried: boolean
  /** The colour that was refused last, and the server's sentence. */
  readonly refusal?: { readonly colour: string; readonly message: string }
  /** Why nothing is shown, if reading was taken away. */
  readonly closed?: string
}

export type Board = {
  read(): Shown
  subscribe(listener: () => void): () => void
  /** Shows the colour at once, and takes it back if the server refuses it. Resolves to whether it was taken. */
  paint(data: unknown): Promise<boolean>
  /** Tries to read again, if reading was taken away. */
  reopen(): void
  close(): void
}

type Painted = { readonly colour: string; readonly by: string; readonly serial: string }
type State = {
  readonly last?: Painted | undefined
  readonly tries: readonly { readonly id: number; readonly colour: string }[]
  readonly refusal?: Shown['refusal']
  readonly closed?: string | undefined
}

/** Follows the board; whoever the connection belongs to paints. */
export function followBoard(realtime: Realtime, me: string): Board {
  const channel = realtime.channels.get(BOARD)
  const listeners = new Set<() => void>()
  let state: State = { tries: [] }
  let shown: Shown = { isTried: false }
  let made = 0

  const set = (next: Partial<State>) => {
    state = { ...state, ...next }
    shown = shownOf(state, me)
    for (const listener of [...listeners]) listener()
  }
  const confirm = (painted: Painted | undefined) => {
    // Serials sort like the server's order: what comes late does not overwrite what is newer.
    if (painted !== undefined && painted.serial > (state.last?.serial ?? '')) set({ last: painted })
  }
  const hear = (message: InboundMessage) => confirm(painted(message))
  const lookBack = async () => {
    const { items } = await channel.history({ limit: 1, untilAttach: true })
    if (items[0] !== undefined) confirm(painted(items[0]))
  }
  channel.on('attached', ({ resumed }) => {
    if (state.closed !== undefined) set({ closed: undefined })
    if (!resumed) lookBack().catch(() => undefined)
  })
  channel.on('failed', ({ reason }) => {
    set({ last: undefined, tries: [], closed: reason?.message ?? 'You may not see this board.' })
  })
  channel.subscribe(PAINT, hear).catch(() => undefined)

  return {
    read: () => shown,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    paint: async (data) => {
      made += 1
      const [id, colour] = [made, colourOf(data)]
      const { refusal: _gone, ...rest } = state
      state = rest
      set({ tries: [...state.tries, { id, colour }] })
      const others = () => state.tries.filter((one) => one.id !== id)
      try {
        const { serials } = await channel.publish(PAINT, data)
        if (serials[0] != null) confirm({ colour, by: me, serial: serials[0] })
        set({ tries: others() })
        return true
      } catch (error) {
        const { message } = error as ErrorInfo
        set({ tries: others(), refusal: { colour, message } })
        return false
      }
    },
    reopen: () => {
      if (channel.state === 'failed') channel.attach().catch(() => undefined)
    },
    close: () => listeners.clear(),
  }
}

function shownOf({ last, tries, refusal, closed }: State, me: string): Shown {
  const tried = tries.at(-1)
  const on = tried === undefined ? last : { colour: tried.colour, by: me }
  return {
    ...(on === undefined ? {} : { colour: on.colour, by: on.by }),
    isTried: tried !== undefined,
    ...(refusal === undefined ? {} : { refusal }),
    ...(closed === undefined ? {} : { closed }),
  }
}

function painted({ data, clientId, serial }: InboundMessage): Painted {
  return { colour: colourOf(data), by: clientId ?? '', serial: serial ?? '' }
}

function colourOf(data: unknown): string {
  const colour = (data as { colour?: unknown } | null)?.colour
  return typeof colour === 'string' ? colour : 'nothing'
}
