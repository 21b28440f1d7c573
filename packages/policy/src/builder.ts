// Policies written in TypeScript: the compiler knows every type, role and action by name, here and in the client.

import type { DerivationDocument, PolicyDocument, RuleDocument } from './document-types.ts'
import type { ResourceId } from './names.ts'

declare const written: unique symbol

/** A document that remembers, for the compiler alone, how it was written. */
export type TypedPolicy<P> = PolicyDocument & { readonly [written]?: P }

/** A part of a document as one writes it: ids are plain texts such as `team:lobby`. */
type Plain<T> = T extends ResourceId
  ? `${string}:${string}`
  : T extends readonly (infer I)[]
    ? readonly Plain<I>[]
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T

/** What `definePolicy` takes. */
export type PolicyInput = Omit<PolicyDocument, 'settings'> & {
  readonly settings?: Plain<NonNullable<PolicyDocument['settings']>>
}

type Words<T> = T extends { readonly actions: readonly (infer A extends string)[] } ? A : never
type Names<T> = T extends { readonly roles: infer R } ? keyof R & string : never
type Relations<T> = T extends { readonly relations: infer R } ? keyof R & string : never

/** The same document with every name that one part borrows from another narrowed to what is declared there. */
type Checked<P extends PolicyInput> = {
  readonly types: {
    readonly [T in keyof P['types']]: {
      readonly roles: {
        readonly [R in keyof P['types'][T]['roles']]: {
          readonly can?: readonly (Words<P['types'][T]> | '*')[]
          readonly extends?: readonly Names<P['types'][T]>[]
          readonly from?: readonly CheckedDerivation<P['types'][T]>[]
        }
      }
      readonly relations?: {
        readonly [R in string]: readonly ((keyof P['types'] & string) | 'tenant')[]
      }
      readonly rules?: readonly CheckedRule<P, P['types'][T]>[]
    }
  }
  readonly tenant: {
    readonly roles: {
      readonly [R in keyof P['tenant']['roles']]: {
        readonly extends?: readonly (keyof P['tenant']['roles'] & string)[]
        readonly can?: {
          readonly [T in keyof P['types']]?: readonly (Words<P['types'][T]> | '*')[]
        }
      }
    }
  }
}

type CheckedDerivation<T> = Omit<DerivationDocument, 'via'> & { readonly via: Relations<T> }

type CheckedRule<P extends PolicyInput, T> = Omit<
  RuleDocument,
  'allow' | 'forbid' | 'require' | 'to' | 'unless'
> & {
  readonly allow?: OneOrMore<Words<T> | '*'>
  readonly forbid?: OneOrMore<Words<T> | '*' | 'receive'>
  readonly require?: OneOrMore<Words<T> | '*' | 'receive'>
  readonly to?: readonly (Names<T> | `tenant#${keyof P['tenant']['roles'] & string}`)[]
  readonly unless?: readonly (Names<T> | `tenant#${keyof P['tenant']['roles'] & string}`)[]
}
type OneOrMore<T> = T | readonly T[]

/**
 * Takes a document as it is and keeps its names for the compiler: `ActionOf<typeof policy>`, `useCan<typeof policy>`.
 *
 * What only reading finds (conditions, circles, times) is not checked here: send the text of it through `parsePolicy`,
 * or to the server, which does.
 */
export function definePolicy<const P extends PolicyInput>(
  document: P & Checked<P>,
): TypedPolicy<P> {
  return document as unknown as TypedPolicy<P>
}

type Written<D> = D extends TypedPolicy<infer P> ? (P extends PolicyInput ? P : never) : never
/** A document whose names are not known to the compiler answers `string` everywhere. */
type IfWritten<D, Known> = [Written<D>] extends [never] ? string : Known
type TypesOf<D> = Written<D>['types']

/** The resource types of a policy by name. */
export type TypeOf<D> = IfWritten<D, keyof TypesOf<D> & string>

/** The actions of a policy, or of one of its types. */
export type ActionOf<D, T extends string = TypeOf<D>> = IfWritten<
  D,
  T extends keyof TypesOf<D> ? Words<TypesOf<D>[T]> : never
>

/** The roles that can be held on resources of a type. */
export type RoleOf<D, T extends string = TypeOf<D>> = IfWritten<
  D,
  T extends keyof TypesOf<D> ? Names<TypesOf<D>[T]> : never
>

/** The ids of resources of a policy, or of one of its types: `team:lobby`. */
export type ResourceOf<D, T extends string = TypeOf<D>> = IfWritten<D, `${T}:${string}`>

/** The channels that a policy governs, as clients spell them. */
export type ChannelOf<D> = IfWritten<D, Pattern<TypesOf<D>[keyof TypesOf<D>]>>

type Pattern<T> = T extends { readonly channels: `${infer A}{key}${infer B}` }
  ? `${A}${string}${B}`
  : never
