// Runs a command that was written as a message. The text goes when it is done; refused, it stays and the reason is told.

import type { Api } from '@sayso/client'
import { useRef } from 'react'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { keyOf } from '../../model/channels.ts'
import type { Command } from '../../model/commands.ts'
import { texts } from '../../model/texts.ts'
import { writingTexts } from '../../model/texts-writing.ts'
import type { WritingPlace } from './place.ts'

type Given = { readonly command: Command; readonly given: string }

export type CommandMeans = {
  readonly api: Api
  /** Sends a text as if it had been written. */
  readonly send: (text: string) => void
}

export function useCommand(
  place: WritingPlace,
  means: CommandMeans | undefined,
): (written: Given, onDone: () => void) => void {
  const navigate = useNavigate()
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
        }),
      )
      .then(onDone, (cause: unknown) => tell(texts.notDone(cause)))
      .finally(() => {
        isRunning.current = false
      })
  }
}
