// *Why?* in a menu, below what has been turned off: for whoever may ask why anybody may or may not.

import type { MenuItem } from '../../../ui/menu.tsx'
import { explainHref } from '../model/explain-href.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import { useMayHere } from '../store/use-may-here.ts'
import { useRightsHere } from './rights-context.ts'

/** What an item says of why an action has been lost in this channel; nothing for those who may not ask. */
export type WhyOf = (label: string, action: string | undefined) => Pick<MenuItem, 'why'>

export function useWhyOf(): WhyOf {
  const here = useRightsHere()
  const mayAsk = useMayHere('explain')
  return (label, action) =>
    !mayAsk || here === undefined || action === undefined
      ? {}
      : {
          why: {
            href: explainHref({ me: here.me, action, on: here.view.resource }),
            text: rightsTexts.why,
            label: `${rightsTexts.why} ${label}`,
          },
        }
}
