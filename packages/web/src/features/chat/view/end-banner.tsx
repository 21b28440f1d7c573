// A role that ends soon: said five minutes and one minute before, with the way to keep it.

import type { RoleView } from '@sayso/client'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { serverNow, useServerNow } from '../../../ui/server-clock.ts'
import { endOf } from '../model/durations.ts'
import { grammar } from '../model/grammar.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import { AskAbout } from './read-only-card.tsx'
import type { RightsHere } from './rights-context.ts'

const FIRST_MS = 5 * 60_000
const LAST_MS = 60_000

export function EndBanner(props: { readonly here: RightsHere }): ReactNode {
  const { here } = props
  const role = endingFirst(here.view.roles)
  const isNear = useIsNear(role?.untilMs)
  return role?.untilMs !== undefined && isNear ? (
    <Ending key={`${role.role} ${role.untilMs}`} here={here} role={role} untilMs={role.untilMs} />
  ) : null
}

function Ending(props: {
  readonly here: RightsHere
  readonly role: RoleView
  readonly untilMs: number
}): ReactNode {
  const { here, role, untilMs } = props
  const nowMs = useServerNow(here.api, untilMs) ?? serverNow()
  const isLast = untilMs - nowMs <= LAST_MS
  const [dismissed, setDismissed] = useState<'first' | 'last'>()
  if (untilMs <= nowMs || dismissed === 'last' || (dismissed === 'first' && !isLast)) return null
  const minutes = Math.max(1, Math.ceil((untilMs - nowMs) / 60_000))
  return (
    <div className="banner" role="status">
      <Icon name="timer" fallback="clock" />
      <p className="grow">
        {rightsTexts.roleEnds(grammar.roleWord(role), minutes, endOf(untilMs, nowMs))}
      </p>
      <AskAbout
        here={here}
        role={role.role}
        label={rightsTexts.askToExtend}
        said={rightsTexts.askedToExtend}
      />
      <IconButton
        icon="x"
        label={rightsTexts.dismiss}
        onClick={() => setDismissed(isLast ? 'last' : 'first')}
      />
    </div>
  )
}

function endingFirst(roles: readonly RoleView[]): RoleView | undefined {
  return roles
    .filter(({ untilMs }) => untilMs !== undefined)
    .sort((a, b) => (a.untilMs ?? 0) - (b.untilMs ?? 0))[0]
}

/** Wakes once, when the end is near: until then nothing is drawn for it. */
function useIsNear(untilMs: number | undefined): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    setNear(false)
    if (untilMs === undefined) return
    const waitMs = Math.max(0, untilMs - serverNow() - FIRST_MS)
    // Beyond the longest timer nobody waits for it.
    if (waitMs > 2 ** 31 - 1) return
    const timer = setTimeout(() => setNear(true), waitMs)
    return () => clearTimeout(timer)
  }, [untilMs])
  return isNear
}
