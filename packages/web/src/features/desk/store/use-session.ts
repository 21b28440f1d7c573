// The conversation that is open, as state of the screen.

import { useEffect, useState, useSyncExternalStore } from 'react'
import { serverNow } from '../../../ui/server-clock.ts'
import { texts } from '../model/texts.ts'
import { ConversationOutbox } from './conversation-outbox.ts'
import { ConversationSession, type SessionState } from './conversation-session.ts'
import { useDesk } from './desk-context.tsx'
import type { WireError } from './port.ts'

export function useSession(key: string, channelName: string): ConversationSession | undefined {
  const { realtime, kept, me } = useDesk()
  const [session, setSession] = useState<ConversationSession>()
  useEffect(() => {
    const channel = realtime.channels.get(channelName)
    const outbox = new ConversationOutbox({
      channel,
      kept,
      key,
      wordsOf: refusalWords,
      newId: () => crypto.randomUUID(),
      now: serverNow,
    })
    const opened = new ConversationSession(channel, outbox, me.id)
    const onConnection = ({ current }: { readonly current: string }) => {
      if (current === 'connected') outbox.kick()
    }
    realtime.connection.on(onConnection)
    setSession(opened)
    return () => {
      realtime.connection.off(onConnection)
      opened.close()
      setSession(undefined)
    }
  }, [realtime, kept, key, channelName, me.id])
  return session
}

export function useSessionState(session: ConversationSession): SessionState {
  return useSyncExternalStore(session.subscribe, session.state)
}

function refusalWords({ code = 0, message }: WireError): string {
  const isRights = code >= 40160 && code <= 40165
  return isRights ? texts.rightsChanged : texts.refused(message ?? '')
}
