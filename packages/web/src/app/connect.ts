// The stock Ably client, in its modular form, pointed at the server these pages came from.

import type { ClientOptions, RealtimeClient } from 'ably'
import {
  Annotations,
  BaseRealtime,
  FetchRequest,
  RealtimePresence,
  Rest,
  WebSocketTransport,
} from 'ably/modular'

/** Where the pages came from. */
export type Place = Pick<Location, 'origin' | 'protocol' | 'hostname' | 'port'>

/** First wait after a failed try; the client varies and stretches it. */
const RETRY_MS = 4_000
const SUSPENDED_RETRY_MS = 10_000

export function clientOptions(place: Place): ClientOptions {
  const isSecure = place.protocol === 'https:'
  const port = place.port === '' ? (isSecure ? 443 : 80) : Number(place.port)
  return {
    ...hostOf(place.hostname),
    port,
    tlsPort: port,
    tls: isSecure,
    authUrl: `${place.origin}/api/realtime/token`,
    transports: ['web_socket'],
    useBinaryProtocol: false,
    // Nothing outside of this server is ever asked.
    disableConnectivityCheck: true,
    fallbackHosts: [],
    // A reload comes back within seconds; closing would show one as gone and back again.
    closeOnUnload: false,
    echoMessages: true,
    disconnectedRetryTimeout: RETRY_MS,
    suspendedRetryTimeout: SUSPENDED_RETRY_MS,
    // What goes wrong is said on the screen. A channel that closes when a right ends is nothing wrong at all.
    logLevel: 0,
  }
}

/**
 * Connects as whoever is signed in. Close it when they sign out.
 *
 * @param first a token to begin with; later ones are asked for
 */
export function connect(place: Place, first?: string): RealtimeClient {
  const options = clientOptions(place)
  return opened(first === undefined ? options : { ...options, token: first })
}

/** @param token of somebody one looks at the place as, in place of the session's own */
export function connectAs(place: Place, token: () => string): RealtimeClient {
  const { authUrl: _, ...options } = clientOptions(place)
  const authCallback: ClientOptions['authCallback'] = (_, give) => give(null, token())
  return opened({ ...options, authCallback })
}

function opened(options: ClientOptions): RealtimeClient {
  return new BaseRealtime({
    ...options,
    plugins: { WebSocketTransport, FetchRequest, RealtimePresence, Rest, Annotations },
  })
}

/**
 * The client takes a name without a dot for a routing name of Ably's. A dot at its end makes it a full name, which
 * resolves the same.
 */
function hostOf(hostname: string): { endpoint: string } {
  const isWhole = hostname.includes('.') || hostname.includes('::') || hostname === 'localhost'
  return { endpoint: isWhole ? hostname : `${hostname}.` }
}
