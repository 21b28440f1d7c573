// The inbox of everybody who asks to be let in, in all channels where the reader may answer; the longest waiting first.

import '../../styles/people.css'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { lengthOf } from '../../../../ui/lengths.ts'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { type End, ForHowLong } from '../../form/for-how-long.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { placeOf } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useServerTime } from '../../store/server-time.ts'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useWrite } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { Approvals } from './approvals.tsx'
import { texts } from './texts.ts'

type Waiting = ItemOf<'listAccessRequests'>
type Act = { readonly kind: 'admit' | 'decline'; readonly request: Waiting }

const REFRESH_MS = 5_000

export function Requests(props: ScreenProps): ReactNode {
  const { address, calls } = props
  const navigate = useNavigate()
  const [act, setAct] = useState<Act>()
  const { q, on } = address.query
  const list = useList(calls, 'listAccessRequests', { query: { q, on } }, { refreshMs: REFRESH_MS })
  return (
    <div className="page">
      <PageHead title={shared.screens.requests} />
      <div className="table-tools">
        <TextField
          label={texts.find}
          type="search"
          value={q ?? ''}
          onChange={(value) => navigate(withQuery(address, { q: value }), { replace: true })}
        />
      </div>
      <div className="page-scroll">
        <Approvals {...props} />
        {list.state === 'failed' ? (
          <p className="banner" role="alert">
            {refusalOf(list.error)}
          </p>
        ) : null}
        {list.items.length === 0 && list.state === 'ready' ? (
          <p className="empty dim">{q ? texts.emptyFiltered : texts.empty}</p>
        ) : null}
        <ul className="inbox" aria-label={shared.screens.requests}>
          {list.items.map((request) => (
            <Row key={request.request} request={request} onAct={setAct} />
          ))}
        </ul>
        {list.hasMore ? <Button onClick={list.more}>{texts.more}</Button> : null}
      </div>
      {act === undefined ? null : (
        <AnswerDialog {...props} {...act} onClose={() => setAct(undefined)} />
      )}
    </div>
  )
}

function Row(props: { readonly request: Waiting; readonly onAct: (act: Act) => void }): ReactNode {
  const { request } = props
  const { person, note, atMs } = request
  return (
    <li className="asking">
      <Avatar id={person.id} name={person.name} picture={person.picture} size="m" />
      <div className="grow">
        <p>
          <Anchor className="strong" href={adminHref('people', [person.id])}>
            {person.name}
          </Anchor>{' '}
          {askedOf(request)} {lengthText(request)}
        </p>
        {note === undefined ? null : <p className="dim quote">{note}</p>}
        <p className="xs faint">
          {texts.since} <TimeCell at={atMs} />
        </p>
      </div>
      <span className="acts">
        <Button onClick={() => props.onAct({ kind: 'admit', request })}>{texts.admit}</Button>
        <Button look="quiet" onClick={() => props.onAct({ kind: 'decline', request })}>
          {texts.decline}
        </Button>
      </span>
    </li>
  )
}

function askedOf({ on, role, ends, gives }: Waiting): string {
  const place = placeOf(on)
  if (role !== undefined)
    return ends === true ? texts.asksEnd(place, role.title) : texts.asksLonger(place, role.title)
  return gives === undefined ? texts.asksInPlain(place) : texts.asksIn(place, gives.title)
}

function lengthText({ forMs, ends }: Waiting): string {
  if (ends === true) return ''
  return forMs === undefined ? texts.forGood : texts.forLong(lengthOf(forMs))
}

function AnswerDialog(props: ScreenProps & Act & { readonly onClose: () => void }): ReactNode {
  const { calls, kind, request } = props
  const { person, on, key, forMs, ends } = request
  const nowMs = useServerTime(props.api)
  const [end, setEnd] = useState<End>(() =>
    forMs === undefined ? {} : { expiresAt: new Date(nowMs + forMs).toISOString() },
  )
  const [reason, setReason] = useState('')
  const isTimed = kind === 'admit' && ends !== true
  const write = useWrite(
    () => {
      const expires =
        isTimed && end !== 'invalid' && end.expiresAt !== undefined
          ? { expires_at: end.expiresAt }
          : {}
      const said = { person: person.id, ...(reason === '' ? {} : { reason }) }
      return kind === 'admit'
        ? calls.call('admitRequest', { params: { key }, body: { ...said, ...expires } })
        : calls.call('declineRequest', { params: { key }, body: said })
    },
    ['listAccessRequests', 'listGrants'],
    () => (kind === 'admit' ? texts.admitted(person.name) : texts.declined(person.name)),
  )
  const title = kind === 'admit' ? texts.admitTitle : texts.declineTitle
  return (
    <FormDialog
      title={title(person.name, placeOf(on))}
      text={kind === 'decline' ? texts.declineText : undefined}
      confirm={texts[kind].replace('…', '')}
      off={end === 'invalid' ? shared.endIsPast : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      {isTimed ? (
        <ForHowLong
          nowMs={nowMs}
          label={texts.howLong}
          {...(forMs === undefined ? {} : { firstMs: forMs })}
          onChange={setEnd}
        />
      ) : null}
      <TextField label={texts.note} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}
