// What a message's text is read as. Pure data; `parse.ts` makes it, `said.tsx` draws it.

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'strong' | 'emphasis' | 'strike'
      readonly children: readonly Inline[]
    }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** `:tada:`; what has no such name is the text it was. */
  | { readonly kind: 'emoji'; readonly code: string }

export type Block =
  /** Line ends in its texts are line ends on screen. */
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  /** `language` as it was written, in lower case. */
  | { readonly kind: 'code'; readonly text: string; readonly language?: string | undefined }
  /** As it was written: columns line up by themselves in letters of one width. */
  | { readonly kind: 'table'; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list'
      /** The number of the first item; absent: the items have no numbers. */
      readonly start?: number | undefined
      readonly items: readonly (readonly Block[])[]
    }

/** Nothing nests deeper than this; what would is text. */
export const DEEPEST = 12
