// Notices behind the bell: what toasts said, to be read again.

import { type ReactNode, Suspense, useCallback } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { Panel } from '../../../ui/panel.tsx'
import { clockTime, exactTime, isoTime } from '../../../ui/times.ts'
import { texts } from '../model/texts.ts'
import type { Notices } from '../store/use-notices.ts'

const Why = lazy(async () => ({ default: (await import('./why.tsx')).Why }))

export function NoticesPanel(props: { readonly notices: Notices }): ReactNode {
  const { list, readAll } = props.notices
  const onOpenChange = useCallback(
    (isOpen: boolean) => {
      if (!isOpen) readAll()
    },
    [readAll],
  )
  const fresh = list.filter((notice) => !notice.isRead).length
  return (
    <Panel title={texts.notices} icon="bell" fresh={fresh} onOpenChange={onOpenChange}>
      {list.length === 0 ? <p className="empty sm dim">{texts.noNotices}</p> : null}
      <ul>
        {list.map((notice) => (
          <li key={notice.id} className={notice.isRead ? 'notice' : 'notice fresh'}>
            <span className={`say ${notice.tone}`}>
              <Icon name={notice.glyph} />
            </span>
            <p className="grow">
              <b>{notice.title}</b>
              <br />
              <span className="dim">{notice.text}</span>{' '}
              <Suspense>
                <Why explanation={notice.explanation} />
              </Suspense>
            </p>
            <time className="stamp" dateTime={isoTime(notice.atMs)} title={exactTime(notice.atMs)}>
              {clockTime(notice.atMs)}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
