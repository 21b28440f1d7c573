// What was said last in each channel, as the list shows it where it is a page of its own.

import type { Api } from '@sayso/client'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useVisible } from '../../../ui/use-visible.ts'
import type { Beside } from '../load-beside.ts'
import type { ChannelItem } from '../model/channels.ts'
import type { Lines } from './last-lines.ts'
import type { RealtimePort } from './port.ts'
import { useBeside } from './use-beside.ts'

const NEVER = () => () => undefined
const NOTHING: Lines = new Map()

/** @param isShown the list is the page: only then anything is asked for */
export function useLastLines(
  realtime: RealtimePort,
  api: Api,
  items: readonly ChannelItem[] | undefined,
  isShown: boolean,
): Lines {
  // Made when the list is first shown, and kept: what was known stands there when one comes back.
  const [isWanted, setWanted] = useState(isShown)
  if (isShown && !isWanted) setWanted(true)
  const watch = useBeside(
    useMemo(
      () => (isWanted ? (part: Beside) => part.lastLines({ realtime, api }) : undefined),
      [realtime, api, isWanted],
    ),
  )
  const isSeen = useVisible() && isShown
  useEffect(() => watch?.show(namesIn(items)), [watch, items])
  useEffect(() => watch?.setSeen(isSeen), [watch, isSeen])
  return useSyncExternalStore(watch?.subscribe ?? NEVER, watch?.all ?? (() => NOTHING))
}

function namesIn(items: readonly ChannelItem[] | undefined): readonly string[] {
  return (items ?? []).flatMap(({ isLocked, name }) => (isLocked ? [] : name))
}
