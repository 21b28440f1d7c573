// *Why?*: for whoever may ask why anybody may or may not, the way from a refusal to its explanation. Nobody else sees it.

import type { ReactNode } from 'react'
import { Anchor } from '../../../ui/navigation.tsx'
import { rightsTexts } from '../model/texts-rights.ts'
import { useMayHere } from '../store/use-may-here.ts'

export function Why(props: {
  /** Id of a refusal. */
  readonly explanation?: string | undefined
  /** Or what one may not do now, by one's own rights: never asked of the server, so that it has no id. */
  readonly question?: { readonly me: string; readonly action: string; readonly on: string }
}): ReactNode {
  const { explanation, question } = props
  const mayAsk = useMayHere('explain')
  if (!mayAsk || (explanation === undefined && question === undefined)) return null
  return (
    <Anchor
      className="link why-link"
      href={explanation === undefined ? hrefOf(question) : `/admin/explain/${explanation}`}
    >
      {rightsTexts.why}
    </Anchor>
  )
}

function hrefOf(question: { me: string; action: string; on: string } | undefined): string {
  const { me = '', action = '', on = '' } = question ?? {}
  return `/admin/explain?${new URLSearchParams({ who: `user:${me}`, action, on })}`
}
