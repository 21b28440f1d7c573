// The conversation, and what stands below it: the field, or how it ended.

import type { Talk } from '../model/shapes.ts'
import { Composer } from './composer.tsx'
import { late } from './late.tsx'
import { Log } from './log.tsx'
import { usePanel, useSay } from './use.ts'

const Ended = late(async () => (await import('./ended.tsx')).Ended)

export function TalkScreen() {
  const { state } = usePanel()
  const say = useSay()
  const { talk, typing, config } = state
  return (
    <>
      <Log />
      <p class="typing" role="status" data-empty={typing.length === 0}>
        {typing.length > 0 && (
          <>
            <i class="dots" aria-hidden="true" />
            {typingText(talk, say)}
          </>
        )}
      </p>
      {talk?.state === 'closed' ? <Ended /> : <Composer />}
      <p class="foot">{say('private', { place: config.name })}</p>
    </>
  )
}

function typingText(talk: Talk | undefined, say: ReturnType<typeof useSay>): string {
  const name = talk?.with?.[0]?.name
  return name === undefined ? say('typingSomebody') : say('typing', { name })
}
