/// <reference lib="dom" />
// A page that shows what `useUser` says of its reader. Runs in a browser.

import { SaysoProvider, useUser } from '@sayso/client/react'
import * as Ably from 'ably'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

/** Where the server is, and the reader's token: in the fragment of the address. */
const { port, token } = Object.fromEntries(new URLSearchParams(location.hash.slice(1))) as Readonly<
  Record<'port' | 'token', string>
>

const realtime = new Ably.Realtime({
  endpoint: '127.0.0.1',
  port: Number(port),
  tls: false,
  disableConnectivityCheck: true,
  transports: ['web_socket'],
  token,
})

function User() {
  const { id, clientData } = useUser()
  return createElement('p', {}, `${id} ${JSON.stringify(clientData)}`)
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  createElement(SaysoProvider, { realtime, children: createElement(User) }),
)
