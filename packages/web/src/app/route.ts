// Addresses of the app, read and written in one place. Pure.

/** What is shown: on a phone instead of the conversation, else beside it. */
export type Pane = 'conversation' | 'channels' | 'you' | 'people' | SidePane

/** Stands beside the conversation in place of the people. */
type SidePane =
  | 'thread'
  | 'threads'
  | 'pins'
  | 'saved'
  | 'mentions'
  | 'search'
  | 'files'
  | 'details'
  | 'reports'

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'login'; readonly next: string; readonly invitation?: string }
  | { readonly screen: 'forgot' }
  /** Links that came by mail: their token stands behind the `#`, which no server on the way sees. */
  | { readonly screen: 'reset' | 'confirm'; readonly token?: string }
  | { readonly screen: 'setup'; readonly token?: string }
  | {
      readonly screen: 'chat'
      readonly channelKey?: string
      readonly pane: Pane
      /** Serial of the message to open at. */
      readonly at?: string
      /** Serial of the message whose thread stands beside the conversation. */
      readonly thread?: string
      /** Section of the settings that lie over the chat. */
      readonly settings?: string
    }
  /** The dashboard: what follows `/admin`, and how it is looked at. */
  | {
      readonly screen: 'admin'
      readonly path: readonly string[]
      readonly query: Readonly<Record<string, string>>
    }
  /** The operators' page: what follows `/desk`, and how it is looked at. */
  | {
      readonly screen: 'desk'
      readonly path: readonly string[]
      readonly query: Readonly<Record<string, string>>
    }
  | { readonly screen: 'lost' }

const PANES: readonly Pane[] = [
  'conversation',
  'channels',
  'you',
  'people',
  'thread',
  'threads',
  'pins',
  'saved',
  'mentions',
  'search',
  'files',
  'details',
  'reports',
]

/** Reads an address (path, query and fragment) into a route; one that leads nowhere is `lost`. */
export function routeOf(href: string): Route {
  const url = new URL(href, 'http://here')
  const [first = '', ...rest] = url.pathname.split('/').slice(1)
  const query = (name: string) => url.searchParams.get(name) || undefined
  if (first === 'chat' && rest.length <= 1) return chatRoute(decoded(rest[0] ?? ''), query)
  if (first === 'admin' || first === 'desk') {
    const path = rest.map(decoded).filter((part) => part !== '')
    return { screen: first, path, query: Object.fromEntries(url.searchParams) }
  }
  if (rest.length > 0) return { screen: 'lost' }
  switch (first) {
    case '':
      return { screen: 'home' }
    case 'login':
      return {
        screen: 'login',
        next: safePath(query('next')),
        ...maybe('invitation', query('invite')),
      }
    case 'forgot':
      return { screen: 'forgot' }
    case 'reset':
    case 'confirm':
      return { screen: first, ...maybe('token', decoded(url.hash.slice(1)) || undefined) }
    case 'setup':
      return { screen: 'setup', ...maybe('token', query('token')) }
    default:
      return { screen: 'lost' }
  }
}

function chatRoute(channelKey: string, query: (name: string) => string | undefined): Route {
  const pane = PANES.find((one) => one === query('pane')) ?? 'conversation'
  return {
    screen: 'chat',
    pane,
    ...maybe('channelKey', channelKey || undefined),
    ...maybe('at', query('at')),
    ...maybe('thread', query('thread')),
    ...maybe('settings', query('settings')),
  }
}

function maybe<K extends string>(
  name: K,
  value: string | undefined,
): { readonly [key in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]: string })
}

/** The sign-in page, leading back to where one wanted to go. */
export function loginHref(next: string): string {
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`
}

/** Only paths of ours: an address that leads elsewhere would make the sign-in page a trap. */
function safePath(next: string | undefined): string {
  if (next === undefined || !URL.canParse(next, 'http://here')) return '/'
  const url = new URL(next, 'http://here')
  const isOurs =
    url.origin === 'http://here' && next.startsWith('/') && !url.pathname.startsWith('//')
  return isOurs ? url.pathname + url.search : '/'
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
