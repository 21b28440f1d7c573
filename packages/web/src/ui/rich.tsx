// A sentence of the catalogue with drawn parts in it: `{who} was made {role}`.

import { Fragment, type ReactNode } from 'react'

const PART = /\{(\w+)\}/

/** The sentence with each `{name}` replaced by the part of that name; one without a part is left out. */
export function rich(sentence: string, parts: Readonly<Record<string, ReactNode>>): ReactNode {
  return sentence.split(PART).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence have no other identity
    <Fragment key={index}>{index % 2 === 0 ? piece : parts[piece]}</Fragment>
  ))
}
