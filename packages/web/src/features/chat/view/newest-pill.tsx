// Below what one reads there is more: how much, the way there, and a way to be done with what was unread.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { texts } from '../model/texts.ts'
import { listTexts } from '../model/texts-list.ts'
import type { News } from './use-news.ts'

export function NewestPill(props: { readonly news: News; readonly onJump: () => void }): ReactNode {
  const { count, isUnread, markRead } = props.news
  return (
    <div className="pill">
      <button type="button" className="btn" onClick={props.onJump}>
        <span className="down">
          <Icon name="arrow-up" size="s" />
        </span>
        {count > 0 && !isUnread ? texts.newMessages(count) : listTexts.jumpToLatest}
        {count > 0 && isUnread ? (
          <span className="count" title={texts.newMessages(count)}>
            {count}
          </span>
        ) : null}
      </button>
      {isUnread ? (
        <button type="button" className="btn" onClick={markRead}>
          <Icon name="check" size="s" />
          {listTexts.markRead}
        </button>
      ) : null}
    </div>
  )
}
