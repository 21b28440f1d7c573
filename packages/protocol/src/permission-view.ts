// What the live views of rights carry: `[permissions]<channel>` for one channel, `[permissions]*` for all of them.
// Each is a message with one of these names and a JSON payload; subscribe only, the reader's own rights only.

/** A role as screens show it. */
export type RoleView = {
  readonly role: string
  /** The resource or tenant it is held on. */
  readonly on: string
  readonly title: string
  readonly glyph?: string
  readonly tone?: string
  /** When it ends by itself; milliseconds since 1970. Absent: it does not, or is not held by name. */
  readonly untilMs?: number
}

/** A role that holds its bearer back, such as a mute. */
export type RestraintView = RoleView & {
  /** What the rule says to whom it concerns. */
  readonly message?: string
  /** Who gave it; absent if that is not known. */
  readonly by?: { readonly id: string; readonly name: string }
  readonly reason?: string
}

/** Somebody in a direct conversation. */
export type PartnerView = { readonly id: string; readonly name: string; readonly picture?: string }

/** A resource the reader may see, with what they may do there. */
export type ResourceView = {
  /** `channel:lobby` */
  readonly resource: string
  /** The realtime channel it governs, `chat:lobby`; absent if it governs none. */
  readonly channel?: string
  readonly title: string
  readonly about?: string
  readonly glyph?: string
  /** Screens list by this first, then by title. */
  readonly order?: number
  readonly actions: readonly string[]
  readonly roles: readonly RoleView[]
  /** Present on a resource the reader may know of and not enter: it is listed, or they were held back there. Then there are no actions. */
  readonly locked?: true
  /** What holds the reader back here; absent if nothing does. */
  readonly restraints?: readonly RestraintView[]
  /** Slow mode: whoever may not `set-pace` may write once in so many seconds. */
  readonly paceSeconds?: number
  /** Only those the policy names write here. */
  readonly readOnly?: true
  /** Links have no previews here; told to whoever may `configure` it. */
  readonly previews?: false
  /** Nobody writes here any more. */
  readonly archived?: true
  /** Whether it is shown, locked, to those who may not enter; told to whoever may `configure` it. */
  readonly listed?: boolean
  /** `open`: whoever may know of it may come in by themselves. */
  readonly join?: 'open'
  /** A direct conversation: everybody who is in it. */
  readonly people?: readonly PartnerView[]
  /** A direct conversation in which nobody writes any more: the reader has blocked the other one, or has not. */
  readonly blocked?: 'mine' | 'other'
  /** Present while the reader asks to be let in. */
  readonly requested?: true
  /** When time alone may change what is said here: the earliest end or start of a grant or rule; milliseconds. */
  readonly untilMs?: number
  /** How many people ask to be let in; present, if any do, for readers who may `admit`. */
  readonly requests?: number
}

/** Who changed it and why, as far as the reader may know. */
export type CauseView = {
  /** The command, for example `promote`. */
  readonly command: string
  readonly by?: { readonly id: string; readonly name: string }
  readonly reason?: string
}

/** On every attach to `[permissions]<channel>`, name `snapshot`. Hidden and missing look alike: no actions, no title but the key; a listed one is `locked`. */
export type ChannelPermissionsSnapshot = ResourceView & { readonly revision: number }

/** On `[permissions]<channel>`, name `change`: sent at its place in the order of the channel. */
export type ChannelPermissionsChange = ResourceView & {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  readonly cause: CauseView
  readonly revision: number
  readonly atMs: number
}

/** On every attach to `[permissions]*`, name `snapshot`. */
export type AllPermissionsSnapshot = {
  readonly subject: string
  /** Roles on the tenant. */
  readonly roles: readonly RoleView[]
  readonly resources: readonly ResourceView[]
  /** What the people who run the place give this person's screens. */
  readonly clientData?: Readonly<Record<string, unknown>>
  readonly revision: number
}

/**
 * On `[permissions]*`, name `change`. `clientData` is there as long as there is any, changed or not. `changed` are resources shown before and after, locked or not: a listed resource
 * that opens or closes is among them.
 */
export type AllPermissionsChange = {
  readonly roles: readonly RoleView[]
  readonly gained: readonly ResourceView[]
  readonly changed: readonly (ResourceView & {
    readonly gained: readonly string[]
    readonly lost: readonly string[]
  })[]
  readonly lost: readonly { readonly resource: string; readonly channel?: string }[]
  readonly clientData?: Readonly<Record<string, unknown>>
  readonly cause: CauseView
  readonly revision: number
  readonly atMs: number
}

/**
 * On a view, name `answer`: to a question asked with a message `ask` on it, at once and again whenever it turns, until
 * `unask`. `message` and `remedy` say why not.
 */
export type StandingAnswer = {
  readonly id: string
  readonly allowed: boolean
  readonly message?: string
  readonly remedy?: string
  readonly revision: number
}

/**
 * `extras.sayso` of a line the server wrote into a channel. The key is server-owned: it is stripped from what clients
 * send. The message's `data` is the same as an English sentence, for clients that know nothing of this.
 */
export type ServerLine = {
  /** `restrained` and `released`: the role of `restraint` was given or taken. */
  readonly event:
    | 'roles_changed'
    | 'restrained'
    | 'released'
    | 'message_pinned'
    | 'message_unpinned'
  readonly command: string
  readonly subject: { readonly id: string; readonly name: string }
  readonly by?: { readonly id: string; readonly name: string }
  /** The subject's roles on this channel after the change. */
  readonly roles: readonly RoleView[]
  readonly restraint?: RoleView
  readonly reason?: string
  /** Serial of the message that was pinned or taken down; `subject` is then who did it. */
  readonly message?: string
}
