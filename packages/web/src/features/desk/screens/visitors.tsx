// Who is on the site now. Whoever may sees them, and may write to them first.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { PageLink } from '../context/visited-pages.tsx'
import { deskHref } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { waited } from '../model/waiting.ts'
import type { VisitorOnSite } from '../store/calls.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useSecond } from '../store/second.ts'
import { useNews } from '../store/use-news.ts'
import type { PartProps } from '../view/part-props.ts'
import { DeskPage, Unread } from './page.tsx'

/** What is told is fleeting: somebody who leaves without a word is gone at the next look. */
const REFRESH_MS = 15_000

export function Visitors(_props: PartProps): ReactNode {
  const { calls, tenant } = useDesk()
  const [writesTo, setWritesTo] = useState<VisitorOnSite>()
  const found = useQuery({
    queryKey: ['desk-visitors', tenant],
    refetchInterval: REFRESH_MS,
    queryFn: () => calls.visitors(tenant),
  })
  useNews((news) => {
    if (news.kind === 'visitor' || news.kind === 'missed') void found.refetch()
  })
  const items = found.data?.items ?? []
  return (
    <DeskPage title={texts.screens.visitors} about={texts.visitors.about}>
      <Unread isPending={found.isPending} error={found.error} again={() => void found.refetch()} />
      {found.data !== undefined && items.length === 0 ? (
        <p className="empty dim">{texts.visitors.none}</p>
      ) : null}
      <ul className="people-rows">
        {items.map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={nameOf(one)} />
            <div className="grow">
              <p className="strong cut">
                <bdi>{nameOf(one)}</bdi>
                {one.isVerified ? <span className="badge good">{texts.verified}</span> : null}
              </p>
              <p className="sm dim cut">
                <Where visitor={one} />
              </p>
            </div>
            <Since sinceMs={one.onSite.sinceMs} />
            <Button size="small" icon="message-circle" onClick={() => setWritesTo(one)}>
              {texts.visitors.write}
            </Button>
          </li>
        ))}
      </ul>
      {writesTo === undefined ? null : (
        <WriteDialog visitor={writesTo} onClose={() => setWritesTo(undefined)} />
      )}
    </DeskPage>
  )
}

function nameOf({ name, id }: VisitorOnSite): string {
  return name || texts.visitorNumber(id.slice(-4))
}

function Where({ visitor }: { readonly visitor: VisitorOnSite }): ReactNode {
  const [page] = visitor.onSite.pages
  return page === undefined ? texts.visitors.somewhere : <PageLink page={page} />
}

function Since({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  return <span className="sm dim num">{waited(useSecond() - sinceMs)}</span>
}

function WriteDialog(props: {
  readonly visitor: VisitorOnSite
  readonly onClose: () => void
}): ReactNode {
  const { visitor } = props
  const { calls, tenant } = useDesk()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  return (
    <FormDialog
      title={texts.visitors.writeTo(nameOf(visitor))}
      text={texts.visitors.writeText}
      confirm={texts.send}
      onConfirm={async () => {
        const said = text.trim() === '' ? {} : { text: text.trim() }
        const from = { widget: visitor.onSite.widget }
        const { conversation } = await calls.open({ tenant, visitor: visitor.id, ...from, ...said })
        navigate(deskHref('inbox', conversation.key, { tenant, view: 'mine' }))
      }}
      onClose={props.onClose}
    >
      <TextField
        label={texts.visitors.message}
        value={text}
        onChange={setText}
        rows={4}
        maxLength={8_000}
      />
    </FormDialog>
  )
}
