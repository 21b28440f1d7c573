// The words everything else is spelled with: branded names, parsed once at the edge and trusted after.

declare const brand: unique symbol
type Brand<T, B extends string> = T & { readonly [brand]: B }

/** Who acts: `user:<id>`, or `anonymous:` for a token without an identity. */
export type SubjectId = Brand<string, 'SubjectId'>
/** What is acted on: `<type>:<key>`, for example `channel:lobby`, or a tenant `tenant:<key>`. */
export type ResourceId = Brand<string, 'ResourceId'>
/** A verb of the policy, for example `publish`. */
export type Action = string
/** The name of a role, as the policy document spells it. */
export type RoleName = string
/** A position in the commit feed of one app; rises by one per entry, orders everything durable. */
export type Revision = Brand<number, 'Revision'>
/** The id of an API key: the part of `app.key:secret` between the dot and the colon. */
export type KeyId = Brand<string, 'KeyId'>
/** The name of a realtime channel as clients spell it, for example `chat:lobby`. */
export type ChannelName = Brand<string, 'ChannelName'>

/** Plain values only, so that they survive every codec and store. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** The subject a token without an identity is decided as. */
export const ANONYMOUS = 'anonymous:' as SubjectId
