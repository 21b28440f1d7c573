// What is known beside the conversation: the visitor, where they are, what the owner's server says of them, what was before,
// and who may read along.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { partTexts } from '../../../ui/part-texts.ts'
import { exactTime } from '../../../ui/times.ts'
import type { Conversation } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import type { SheetProps } from '../sheet/sheet-props.ts'
import type { VisitorDetails } from '../store/calls.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useNews } from '../store/use-news.ts'
import { EarlierList } from './earlier-list.tsx'
import { OwnersData } from './owners-data.tsx'
import { PageLink, VisitedPages } from './visited-pages.tsx'

type PaneProps = SheetProps & {
  /** On narrow screens it lies over the sheet. */
  readonly isOver: boolean
  readonly onClose: () => void
}

export function ContextPane(props: PaneProps): ReactNode {
  const { conversation, isOver, onClose } = props
  const { visitor } = conversation
  const { calls, tenant } = useDesk()
  const details = useQuery({
    queryKey: ['desk-visitor', visitor.id],
    queryFn: () => calls.visitor(visitor.id),
  })
  const earlier = useQuery({
    queryKey: ['desk-earlier', visitor.id],
    queryFn: () => calls.earlier(tenant, visitor.id),
  })
  // What is known of a visitor changes while they move on the site.
  useNews((news) => {
    if (news.kind === 'visitor' && news.visitor.id === visitor.id) void details.refetch()
  })
  return (
    <aside className="context" data-over={isOver} aria-label={texts.context.about(visitor.name)}>
      <header className="context-bar">
        <h2 className="title cut grow">
          <bdi>{texts.context.about(visitor.name)}</bdi>
        </h2>
        <Proof visitor={visitor} />
        <span className="context-closer">
          <IconButton icon="x" label={partTexts.close} onClick={onClose} />
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="context-body" tabIndex={0} aria-label={texts.context.about(visitor.name)}>
        <Facts conversation={conversation} details={details.data} />
        <OwnersData details={details.data} again={() => void details.refetch()} />
        <VisitedPages pages={details.data?.onSite?.pages.slice(1) ?? []} />
        <EarlierList
          items={(earlier.data?.items ?? []).filter(({ key }) => key !== conversation.key)}
          address={props.address}
        />
        <Readers conversation={conversation} />
      </section>
    </aside>
  )
}

function Proof({ visitor }: Pick<Conversation, 'visitor'>): ReactNode {
  if (visitor.verified)
    return (
      <span className="badge good">
        <Icon name="circle-check" size="s" />
        {texts.verified}
      </span>
    )
  return <span className="badge">{visitor.isAnonymous ? texts.anonymous : texts.unproved}</span>
}

function Facts(props: {
  readonly conversation: Conversation
  readonly details: VisitorDetails | undefined
}): ReactNode {
  const { conversation, details } = props
  const { visitor, widget, labels, joined, rating, snoozedUntilMs, state } = conversation
  const { context } = texts
  const page = details?.onSite?.pages[0]
  const rows: readonly (readonly [name: string, value: ReactNode])[] = [
    [context.email, visitor.email ?? details?.email],
    [context.page, page && <PageLink key="page" page={page} />],
    [context.address, details?.onSite?.address],
    [context.widget, widget?.name],
    [context.joined, joined.length === 0 ? undefined : joined.map(({ name }) => name).join(', ')],
    [context.summary, conversation.summary],
    [context.labels, labels.length === 0 ? undefined : labels.join(', ')],
    [
      context.snoozed,
      state === 'snoozed' && snoozedUntilMs !== undefined ? exactTime(snoozedUntilMs) : undefined,
    ],
    [
      context.rating,
      rating === undefined ? undefined : context.rated(rating.score, rating.comment),
    ],
  ]
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function Readers({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { readers, assignee, team, state } = conversation
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{texts.context.readers}</h3>
      {team === undefined ? null : <p className="sm dim">{texts.context.ofTeam(team.title)}</p>}
      <ul className="readers sm">
        {(readers ?? []).map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={one.name} size="s" />
            <bdi className="cut grow">{one.name}</bdi>
            {one.id === assignee?.id && state !== 'closed' ? (
              <span className="badge">{texts.context.hasIt}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
