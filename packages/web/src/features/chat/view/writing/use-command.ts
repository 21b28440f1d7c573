// Runs a command that was written as a message. The text goes when it is done; refused, it stays and the reason is told.

import type { Api, PeopleView } from '@sayso/client'
import { usePermissions } from '@sayso/client/react'
import { useRef } from 'react'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { channelOf, keyOf } from '../../model/channels.ts'
import type { Command } from '../../model/commands.ts'
import { texts } from '../../model/texts.ts'
import { commandTexts } from '../../model/texts-commands.ts'
import { writingTexts } from '../../model/texts-writing.ts'
import { usePersonalStore } from '../../store/use-personal.ts'
import type { WritingPlace } from './place.ts'

type Given = { readonly command: Command; readonly given: string }

export type CommandMeans = {
  readonly api: Api
  /** Sends a text as if it had been written. */
  readonly send: (text: string) => void
  /** Sends one elsewhere. */
  readonly sendTo: (channelKey: string, text: string) => void
}

export function useCommand(
  place: WritingPlace,
  people: PeopleView['people'],
  means: CommandMeans | undefined,
): (written: Given, onDone: () => void) => void {
  const navigate = useNavigate()
  const live = usePermissions()
  const personal = usePersonalStore()
  const isRunning = useRef(false)
  const { tell } = place.notices
  return ({ command, given }, onDone) => {
    if (isRunning.current || means === undefined) return
    if (command.needsText === true && given === '') {
      const text = writingTexts.needs(command.name, command.takes?.() ?? '')
      tell({ tone: 'news', glyph: 'info', title: command.title(), text })
      return
    }
    isRunning.current = true
    Promise.resolve()
      .then(() =>
        command.run(given, {
          ...means,
          view: place.view,
          channelKey: keyOf(place.view),
          tell,
          navigate,
          people,
          personal,
          opened: (key) => opened(live, key),
        }),
      )
      .then(onDone, (cause: unknown) => tell(texts.notDone(cause)))
      .finally(() => {
        isRunning.current = false
      })
  }
}

/** Longest wait for a right that is on its way. */
const OPENS_MS = 5_000

/** Waits until a channel can be written in: the answer to a call is faster than the word of the right. */
function opened(live: ReturnType<typeof usePermissions>, key: string): Promise<void> {
  const isOpen = () => channelOf(live.resources(), key)?.actions.includes('publish') === true
  if (isOpen()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Error(commandTexts.notOpened))
    }, OPENS_MS)
    const stop = live.subscribe(() => {
      if (!isOpen()) return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
}
