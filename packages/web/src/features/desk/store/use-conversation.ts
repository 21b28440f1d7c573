// What is known of the conversation that is open: read once, then as the board tells; lost the moment it may not be seen.

import { ApiError } from '@sayso/client'
import { usePermissionChanges } from '@sayso/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Conversation, Named } from '../model/shapes.ts'
import type { BoardNews } from './board.ts'
import { useDesk } from './desk-context.tsx'

/** Why a conversation closed for the reader, as far as they may know. */
export type HandOver = {
  readonly why: string | undefined
  readonly by: Named | undefined
  readonly to: Named | undefined
  readonly reason: string | undefined
}

export type Opened =
  | { readonly phase: 'loading' }
  | { readonly phase: 'open'; readonly conversation: Conversation }
  /** It may not be seen: any more, or ever. Which of the two says `handOver`. */
  | { readonly phase: 'lost'; readonly handOver: HandOver | undefined }
  | { readonly phase: 'failed'; readonly error: unknown }

export type UsedConversation = Opened & { readonly again: () => void }

/** News within this time of a loss say why it happened. */
const CAUSE_MS = 5_000

export function useConversation(key: string): UsedConversation {
  const { calls, board } = useDesk()
  const [opened, setOpened] = useState<Opened>({ phase: 'loading' })
  const cause = useCause(`desk:${key}`)
  const asked = useRef(0)
  const again = useCallback(() => {
    asked.current += 1
    const own = asked.current
    calls.conversation(key).then(
      (conversation) => {
        if (own === asked.current) setOpened({ phase: 'open', conversation })
      },
      (error: unknown) => {
        if (own !== asked.current) return
        setOpened((now) => afterFailure(now, error, cause))
      },
    )
  }, [calls, key, cause])
  useEffect(() => {
    again()
    return board.subscribe((news) => {
      if (news.kind === 'missed') return again()
      if (news.kind === 'gone' && news.key === key) {
        // What an answer on its way says is older than this.
        asked.current += 1
        return setOpened((now) => lostBy(now, handOverOf(news, cause())))
      }
      if (news.kind !== 'conversation' || news.conversation.key !== key) return
      const { conversation } = news
      asked.current += 1
      setOpened((now) => ({ phase: 'open', conversation: withReaders(now, conversation) }))
      // Who may read it is said to whoever asks.
      again()
    })
  }, [board, key, again, cause])
  return { ...opened, again }
}

/** The channel closes with no word of why, before or after the board says it: what is known stays. */
function lostBy(now: Opened, next: HandOver): Opened {
  const known = now.phase === 'lost' ? now.handOver : undefined
  if (known === undefined) return { phase: 'lost', handOver: next }
  return {
    phase: 'lost',
    handOver: {
      why: next.why ?? known.why,
      by: next.by ?? known.by,
      to: next.to ?? known.to,
      reason: next.reason ?? known.reason,
    },
  }
}

function afterFailure(now: Opened, error: unknown, cause: () => HandOver): Opened {
  const isGone = error instanceof ApiError && (error.status === 404 || error.status === 403)
  if (!isGone) return now.phase === 'open' ? now : { phase: 'failed', error }
  if (now.phase === 'lost') return now
  return { phase: 'lost', handOver: now.phase === 'open' ? cause() : undefined }
}

function withReaders(now: Opened, conversation: Conversation): Conversation {
  const readers = now.phase === 'open' ? now.conversation.readers : undefined
  return readers === undefined ? conversation : { readers, ...conversation }
}

/** Remembers who or what has just moved the reader's rights here. */
function useCause(channel: string): () => HandOver {
  const last = useRef({ atMs: Number.NEGATIVE_INFINITY, handOver: NOBODY })
  usePermissionChanges(({ changed, lost, cause }) => {
    const isHere = [...changed, ...lost].some((one) => one.channel === channel)
    if (!isHere || cause === undefined) return
    const { by, command, reason } = cause
    last.current = { atMs: performance.now(), handOver: { ...NOBODY, why: command, by, reason } }
  })
  return useCallback(() => {
    const { atMs, handOver } = last.current
    return performance.now() - atMs < CAUSE_MS ? handOver : NOBODY
  }, [])
}

const NOBODY: HandOver = { why: undefined, by: undefined, to: undefined, reason: undefined }

function handOverOf(news: BoardNews & { kind: 'gone' }, cause: HandOver): HandOver {
  return {
    why: news.why ?? cause.why,
    by: news.by ?? cause.by,
    to: news.to ?? cause.to,
    reason: cause.reason,
  }
}
