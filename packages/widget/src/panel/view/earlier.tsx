// Conversations of before, to be read again.

import { useEffect, useState } from 'preact/hooks'
import type { Talk } from '../model/shapes.ts'
import { usePanel, useSay } from './use.ts'

export function Earlier() {
  const { panel, state } = usePanel()
  const say = useSay()
  const [talks, setTalks] = useState<readonly Talk[]>()
  useEffect(() => {
    panel.earlierTalks().then(setTalks, (error: Error) => panel.say(error.message))
  }, [panel])
  const date = new Intl.DateTimeFormat(state.spoken.tag, {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return (
    <nav class="page" aria-label={say('earlier')} aria-busy={talks === undefined}>
      {talks?.length === 0 && <p class="hello">{say('noEarlier')}</p>}
      <ul class="talks">
        {talks?.map((talk) => (
          <li key={talk.key}>
            <button type="button" onClick={() => panel.showEarlier(talk)}>
              <span>{talk.with?.[0]?.name ?? state.config.name}</span>
              <span class="small">
                {date.format(talk.openedAtMs)}
                {talk.state !== 'closed' && `, ${say('online')}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="plain" onClick={() => panel.startNew()}>
        {say('startNew')}
      </button>
    </nav>
  )
}
