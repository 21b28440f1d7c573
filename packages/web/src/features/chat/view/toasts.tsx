// Toasts: one per cause. Politely announced; everything stays under Notices.

import { type ReactNode, Suspense } from 'react'
import { lazy } from '../../../ui/late.ts'
import { texts } from '../model/texts.ts'
import type { Notices } from '../store/use-notices.ts'

const MOST_SHOWN = 3
const Toast = lazy(async () => ({ default: (await import('./toast.tsx')).Toast }))

export function Toasts(props: { readonly notices: Notices }): ReactNode {
  const { list, lower } = props.notices
  const up = list.filter((notice) => notice.isUp).slice(0, MOST_SHOWN)
  return (
    <section className="toasts" aria-live="polite" aria-label={texts.newNotices}>
      <Suspense fallback={null}>
        {up.map((notice) => (
          <Toast key={notice.id} notice={notice} onDown={lower} />
        ))}
      </Suspense>
    </section>
  )
}
