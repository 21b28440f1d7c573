// What was said last in each channel, as the list shows it where it is a page of its own.

import type { Api } from '@sayso/client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useVisible } from '../../../ui/use-visible.ts'
import { loadBeside } from '../load-beside.ts'
import type { ChannelItem } from '../model/channels.ts'
import type { LastLines, Lines } from './last-lines.ts'
import type { RealtimePort } from './port.ts'

const NEVER = () => () => undefined
const NOTHING: Lines = new Map()

/** @param isShown the list is the page: only then anything is asked for */
export function useLastLines(
  realtime: RealtimePort,
  api: Api,
  items: readonly ChannelItem[] | undefined,
  isShown: boolean,
): Lines {
  const watch = useWatch(realtime, api, isShown)
  const isSeen = useVisible() && isShown
  useEffect(() => watch?.show(namesIn(items)), [watch, items])
  useEffect(() => watch?.setSeen(isSeen), [watch, isSeen])
  return useSyncExternalStore(watch?.subscribe ?? NEVER, watch?.all ?? (() => NOTHING))
}

/** Made when the list is first shown, and kept: what was known stands there when one comes back. */
function useWatch(realtime: RealtimePort, api: Api, isShown: boolean): LastLines | undefined {
  const [isWanted, setWanted] = useState(isShown)
  if (isShown && !isWanted) setWanted(true)
  const [watch, setWatch] = useState<LastLines>()
  useEffect(() => {
    if (!isWanted) return
    let opened: LastLines | undefined
    let isOver = false
    // Not needed to go anywhere.
    loadBeside().then(
      ({ lastLines }) => {
        if (isOver) return
        opened = lastLines({ realtime, api })
        setWatch(opened)
      },
      () => undefined,
    )
    return () => {
      isOver = true
      opened?.close()
      setWatch(undefined)
    }
  }, [realtime, api, isWanted])
  return watch
}

function namesIn(items: readonly ChannelItem[] | undefined): readonly string[] {
  return (items ?? []).flatMap(({ isLocked, name }) => (isLocked ? [] : name))
}
