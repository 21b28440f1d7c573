// What takes a second person here, what waits for one, and asking for it.

import type { AnswerOf, Manage, RequestOf } from '@sayso/client/manage'
import { useRead, useWrite, type Write } from './use-read.ts'

export type Approval = AnswerOf<'listApprovals'>['items'][number]
export type Wanted = RequestOf<'askApproval'>['body']['wanted']

export type SecondPerson = {
  /** False until the server has said. */
  readonly needs: (action: Approval['action']) => boolean
  readonly waiting: readonly Approval[]
  readonly ask: Write<{ readonly wanted: Wanted; readonly reason: string }>
}

/** @param done what is said when it waits */
export function useSecondPerson(
  calls: Manage,
  done: () => string,
  options: { readonly refreshMs?: number } = {},
): SecondPerson {
  const read = useRead(calls, 'listApprovals', {}, options)
  const ask = useWrite(
    (body: RequestOf<'askApproval'>['body']) => calls.call('askApproval', { body }),
    ['listApprovals'],
    done,
  )
  return {
    needs: (action) => read.data?.needed.includes(action) === true,
    waiting: read.data?.items ?? [],
    ask,
  }
}
