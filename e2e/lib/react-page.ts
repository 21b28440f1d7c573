/// <reference lib="dom" />
// A page of somebody else's: `ably/react` and `@ably/chat/react` as they come, pointed at our server. Runs in a browser.

import { ChatClient, type Message } from '@ably/chat'
import { ChatClientProvider, ChatRoomProvider, useMessages } from '@ably/chat/react'
import * as Ably from 'ably'
import {
  AblyProvider,
  ChannelProvider,
  useChannel,
  usePresence,
  usePresenceListener,
} from 'ably/react'
import {
  type Attributes,
  createElement,
  type FunctionComponent,
  type ReactNode,
  useState,
} from 'react'
import { createRoot } from 'react-dom/client'

/** Where the server is, and who reads: in the fragment of the address. */
const { port, key, channel, room } = Object.fromEntries(
  new URLSearchParams(location.hash.slice(1)),
) as Readonly<Record<'port' | 'key' | 'channel' | 'room', string>>

const client = new Ably.Realtime({
  endpoint: '127.0.0.1',
  port: Number(port),
  tls: false,
  disableConnectivityCheck: true,
  transports: ['web_socket'],
  key,
  clientId: 'page',
})
const chat = new ChatClient(client)

function list(id: string, items: readonly string[]) {
  return createElement(
    'ul',
    { id },
    items.map((item, index) => createElement('li', { key: index }, item)),
  )
}

function button(label: string, run: () => unknown) {
  return createElement('button', { onClick: run, type: 'button' }, label)
}

function Channel() {
  const [heard, setHeard] = useState<readonly string[]>([])
  const { publish } = useChannel(channel, ({ data }) => setHeard((before) => [...before, data]))
  usePresence(channel, { mood: 'good' })
  const { presenceData } = usePresenceListener(channel)
  const members = presenceData.map(({ clientId, data }) => `${clientId} ${data?.mood}`)
  const say = button('Publish', () => publish('n', 'from the page'))
  return createElement('section', {}, list('heard', heard), list('members', members), say)
}

function Room() {
  const [messages, setMessages] = useState<readonly Message[]>([])
  const [older, setOlder] = useState<readonly string[]>([])
  const { sendMessage, historyBeforeSubscribe } = useMessages({
    listener: ({ message }) => setMessages((before) => [...before, message]),
  })
  const read = async () => {
    const pages: string[] = []
    let page = await historyBeforeSubscribe?.({ limit: 1 })
    while (page !== undefined && page !== null) {
      pages.push(...page.items.map(({ text }) => text))
      page = (await page.next()) ?? undefined
    }
    setOlder(pages)
  }
  const said = list(
    'said',
    messages.map(({ text }) => text),
  )
  const send = button('Send', () => sendMessage({ text: 'from the room' }))
  return createElement('section', {}, said, list('older', older), send, button('Read back', read))
}

/** The providers, each with what it is given and what stands in it. */
function within<P extends object>(
  provider: FunctionComponent<P>,
  props: Omit<P, 'children'>,
  ...inside: readonly ReactNode[]
) {
  return createElement(provider, props as P & Attributes, ...inside)
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  within(
    AblyProvider,
    { client },
    within(ChannelProvider, { channelName: channel }, createElement(Channel)),
    within(
      ChatClientProvider,
      { client: chat },
      within(ChatRoomProvider, { name: room }, createElement(Room)),
    ),
  ),
)
