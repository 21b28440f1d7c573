import { useEffect, useEffectEvent } from 'react'
import type { BoardNews } from './board.ts'
import { useDesk } from './desk-context.tsx'

/** Calls back with what the board tells, for as long as it is drawn. */
export function useNews(listener: (news: BoardNews) => void): void {
  const { board } = useDesk()
  const onNews = useEffectEvent(listener)
  useEffect(() => board.subscribe((news) => onNews(news)), [board])
}
