// Beside the policy in the rail: a draft of one's own is open, something is planned, or what was planned did not come into force.

import type { Manage } from '@sayso/client/manage'
import { type ReactNode, useEffect } from 'react'
import { useNavigate } from '../../../ui/navigation.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { adminHref, kept } from '../model/address.ts'
import type { AdminAddress } from '../props.ts'
import { texts } from '../screens/policy/later/texts.ts'
import { useRead } from '../store/use-read.ts'

const REFRESH_MS = 15_000
/** What was said in this tab is not said again when it is loaded anew. */
const TOLD = 'sayso-told-plan-'

export function PolicyBadge(props: {
  readonly calls: Manage
  readonly me: string
  readonly address: AdminAddress
}): ReactNode {
  const { calls, me } = props
  const plans = useRead(calls, 'listPlans', {}, { refreshMs: REFRESH_MS })
  const drafts = useRead(calls, 'listDrafts', { query: { limit: 100 } }, { refreshMs: REFRESH_MS })
  const items = plans.data?.items ?? []
  const failed = items.filter(({ problem }) => problem !== undefined)
  useTold(props, failed)
  if (failed.length > 0) return <span className="badge caution">{texts.badges.failed}</span>
  if (items.length > 0) return <span className="badge">{texts.badges.planned}</span>
  const isDrafting = drafts.data?.items.some(({ author }) => author === `user:${me}`) === true
  return isDrafting ? <span className="badge">{texts.badges.draft}</span> : null
}

type Failed = { readonly id: string; readonly title: string }

/** Each of them is said once. */
function useTold({ address }: { readonly address: AdminAddress }, failed: readonly Failed[]): void {
  const say = useSay()
  const navigate = useNavigate()
  const word = failed.map(({ id }) => id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one fails
  useEffect(() => {
    for (const { id, title } of failed) {
      if (sessionStorage.getItem(TOLD + id) !== null) continue
      sessionStorage.setItem(TOLD + id, '1')
      const onClick = () => navigate(adminHref('policy', ['planned'], kept(address.query)))
      say({
        tone: 'bad',
        title: texts.failedTitle,
        text: title,
        action: { label: texts.look, onClick },
      })
    }
  }, [word])
}
