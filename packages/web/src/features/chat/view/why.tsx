// *Why?*: for whoever may ask why anybody may or may not, the way from a refusal to its explanation. Nobody else sees it.

import type { ReactNode } from 'react'
import { Anchor } from '../../../ui/navigation.tsx'
import { explainHref, type Question } from '../model/explain-href.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import { useMayHere } from '../store/use-may-here.ts'

export function Why(props: {
  /** Id of a refusal. */
  readonly explanation?: string | undefined
  /** Or what one may not do now, by one's own rights: never asked of the server, so that it has no id. */
  readonly question?: Question
}): ReactNode {
  const { explanation, question } = props
  const mayAsk = useMayHere('explain')
  if (!mayAsk) return null
  const href =
    explanation === undefined ? question && explainHref(question) : `/admin/explain/${explanation}`
  if (href === undefined) return null
  return (
    <Anchor className="link why-link" href={href}>
      {rightsTexts.why}
    </Anchor>
  )
}
