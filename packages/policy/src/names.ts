// The words everything else is spelled with: branded names, parsed once at the edge and trusted after.

declare const brand: unique symbol
type Brand<T, B extends string> = T & { readonly [brand]: B }

/** Who acts: `user:<id>`, or `anonymous:` for a token without an identity. */
export type SubjectId = Brand<string, 'SubjectId'>
/** Everybody who holds a role somewhere, directly, through sets or derived: `group:support#member`. */
export type SubjectSet = Brand<string, 'SubjectSet'>
/** What is acted on: `<type>:<key>`, for example `channel:lobby`, or a tenant `tenant:<key>`. */
export type ResourceId = Brand<string, 'ResourceId'>
/** A verb of the policy, for example `publish`. */
export type Action = string
/** The name of a role, as the policy document spells it. */
export type RoleName = string
/** The named edge from one resource to another, for example `parent`. */
export type RelationName = string
/** A position in the commit feed of one app; rises by one per entry, orders everything durable. */
export type Revision = Brand<number, 'Revision'>
/** The id of an API key: the part of `app.key:secret` between the dot and the colon. */
export type KeyId = Brand<string, 'KeyId'>
/** The name of a realtime channel as clients spell it, for example `chat:lobby`. */
export type ChannelName = Brand<string, 'ChannelName'>

/** A JSON value. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [name: string]: AttributeValue }

/** JSON values only, so that they survive every codec and store. The edges bound depth and size. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** The subject a token without an identity is decided as. */
export const ANONYMOUS = 'anonymous:' as SubjectId
