// What a page and the frame of the panel say to each other. Both check where a message comes from before they look at it, and
// take only these shapes: each side may be newer than the other, and the page may have other frames that talk.

/** Marks our messages among those of others. */
const MARK = 'sayso-widget'

/** How the launcher looks; what is absent the widget decides. */
export type Look = {
  /** Any CSS colour of six digits: `#8a4b2f`. */
  readonly colour?: string
  /** On the colour; of six digits as well. */
  readonly text?: string
  readonly position?: 'right' | 'left'
  readonly launcher?: 'bubble' | 'tab'
  readonly theme?: 'auto' | 'light' | 'dark'
  /** What the launcher is called, and what stands on a tab. */
  readonly label?: string
  /** Nobody is there, and the widget is not shown then. */
  readonly isHidden?: boolean
}

export type Place = { readonly url: string; readonly title: string; readonly referrer: string }

/** From the page to the frame. */
export type ToFrame =
  | {
      readonly kind: 'hello'
      readonly page: Place
      /** The device's proof, kept by the page where browsers keep nothing for frames. */
      readonly device?: string
      readonly identity?: string
      readonly attributes?: Attributes
      readonly language?: string
      readonly isOpen: boolean
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'identity'; readonly token: string | null }
  | { readonly kind: 'attributes'; readonly attributes: Attributes }
  | { readonly kind: 'page'; readonly page: Place }

/** From the frame to the page. */
export type ToPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'device'; readonly device: string | null }
  | { readonly kind: 'look'; readonly look?: Look; readonly isShown: boolean }
  | {
      readonly kind: 'unread'
      readonly count: number
      /** As the visitor chose: also before the title of the page. */
      readonly isInTitle: boolean
    }
  | { readonly kind: 'close' }
  | { readonly kind: 'event'; readonly name: EventName; readonly detail: EventDetail }

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** What a page can listen to. */
export const EVENTS = ['open', 'close', 'message', 'unread', 'conversation', 'identity'] as const
export type EventName = (typeof EVENTS)[number]
export type EventDetail = Readonly<Record<string, string | number | boolean>>

type Enveloped<M> = { readonly sayso: typeof MARK; readonly message: M }

export function enveloped<M extends ToFrame | ToPage>(message: M): Enveloped<M> {
  return { sayso: MARK, message }
}

/** One of our messages, or undefined for whatever else is said in a page. */
export function opened<M extends { readonly kind: string }>(data: unknown): M | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { sayso, message } = data as Partial<Enveloped<M>>
  const isOurs = sayso === MARK && typeof message === 'object' && message !== null
  return isOurs && typeof message.kind === 'string' ? message : undefined
}
