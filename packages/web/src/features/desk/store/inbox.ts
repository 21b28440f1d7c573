// The lists of the inbox that are looked at or counted: one for each question, as long as somebody wants it.

import { stateOf, type Wanted } from '../model/inbox.ts'
import type { Board } from './board.ts'
import type { DeskCalls } from './calls.ts'
import { InboxList } from './inbox-list.ts'

const PAGE = 100

export class Inbox {
  readonly #lists = new Map<string, { readonly list: InboxList; users: number }>()
  readonly #calls: DeskCalls
  readonly #board: Board
  readonly #tenant: string

  constructor(calls: DeskCalls, board: Board, tenant: string) {
    this.#calls = calls
    this.#board = board
    this.#tenant = tenant
  }

  /** Opens a list, or joins the one that is open. Give it back by `leave`. */
  list(wanted: Wanted): InboxList {
    const word = wordOf(wanted)
    const known = this.#lists.get(word)
    if (known !== undefined) {
      known.users += 1
      return known.list
    }
    const { me: _me, state, ...query } = wanted
    const read = (after: string | undefined) =>
      this.#calls.conversations({
        ...query,
        state: stateOf(state),
        tenant: this.#tenant,
        limit: PAGE,
        after,
      })
    const list = new InboxList(wanted, read, this.#board)
    this.#lists.set(word, { list, users: 1 })
    return list
  }

  leave(list: InboxList): void {
    const word = wordOf(list.wanted)
    const known = this.#lists.get(word)
    if (known === undefined) return
    known.users -= 1
    if (known.users > 0) return
    this.#lists.delete(word)
    list.close()
  }
}

function wordOf(wanted: Wanted): string {
  const { view, state, label, assignee, widget, q, me } = wanted
  return JSON.stringify([view, state, label, assignee, widget, q, me])
}
