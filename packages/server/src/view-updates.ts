// Telling one connection's views of rights what a change means for them, with the answers that have turned.

import type { World } from '@sayso/policy'
import type { LiveConnection } from './live-connection.ts'
import { changeView } from './permission-views.ts'
import type { RightsMoved } from './redecisions.ts'
import { turned } from './standing-questions.ts'

/** What a view says when only the reader's own token has changed. */
export const RENEWAL = { command: 'renew-token' } as const

export function updateViews(world: World, connection: LiveConnection, entry: RightsMoved): void {
  const { credential } = connection.asker
  for (const [name, view] of connection.views) {
    const change = changeView(view, world, credential, entry)
    const now = change?.view ?? view
    if (change !== undefined) connection.peer?.view(name, 'change', change.payload, entry.serial)
    const answers = turned(world, credential, now.questions.values())
    for (const { last } of answers) connection.peer?.view(name, 'answer', last, entry.serial)
    const questions = new Map(now.questions)
    for (const one of answers) questions.set(one.question.id, one)
    connection.views.set(name, { ...now, questions })
  }
}
