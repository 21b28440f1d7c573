// The chat as somebody else sees it: asked for with a reason, in a coloured frame, with the way out always in view.

import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref } from '../../model/address.ts'
import { leftOf } from '../../model/lengths.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useServerTime } from '../../store/server-time.ts'
import { useRead } from '../../store/use-read.ts'
import { PageHead } from '../../view/page-head.tsx'
import { texts } from './texts.ts'

type Props = ScreenProps & { readonly id: string }

export function ViewPage(props: Props): ReactNode {
  const { calls, id } = props
  const person = useRead(calls, 'readPerson', { params: { id } })
  const { right } = useRights()
  const [view, setView] = useState<View>()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState('')
  const name = person.data?.name ?? id
  const may = right('view-as')
  const begin = () =>
    calls.call('viewAsPerson', { params: { id }, body: { reason } }).then(
      (made) => {
        setProblem('')
        setView(made)
      },
      (cause: unknown) => setProblem(refusalOf(cause)),
    )
  const off = may.kind === 'on' ? undefined : may.kind === 'off' ? may.reason : texts.viewOver
  if (view !== undefined && off === undefined)
    return <Viewing {...props} view={view} name={name} onLonger={begin} />
  return (
    <div className="page">
      <PageHead
        title={texts.viewTitle(name)}
        back={{ href: adminHref('people', [id]), label: name }}
      />
      <form
        className="page-scroll stack view-ask"
        onSubmit={(event) => {
          event.preventDefault()
          if (off === undefined && reason.trim().length >= 3) void begin()
          else setProblem(off ?? texts.viewNeedsReason)
        }}
      >
        <h2 className="title">{texts.viewAsk(name)}</h2>
        <p className="dim">{texts.viewText}</p>
        <TextField
          label={texts.viewReason}
          value={reason}
          onChange={setReason}
          maxLength={500}
          error={problem === '' ? undefined : problem}
          isRequired
        />
        <p>
          <Button type="submit" look="primary" busy={off !== undefined}>
            {texts.viewStart}
          </Button>
        </p>
      </form>
    </div>
  )
}

type View = {
  readonly token: string
  readonly expiresAt: string
  readonly person: { readonly id: string; readonly name: string; readonly picture?: string }
  readonly hidden: number
}

function Viewing(
  props: Props & { readonly view: View; readonly name: string; readonly onLonger: () => void },
): ReactNode {
  const { view, name, id, ViewedChat } = props
  // One view after the other: a connection that asks for a token gets that of now.
  const token = useRef(view.token)
  token.current = view.token
  const leftMs = new Date(view.expiresAt).getTime() - useServerTime(props.api)
  const isOver = leftMs <= 0
  return (
    <div className="page viewed">
      <div className="view-bar" role="status">
        <Icon name="eye" />
        <span className="grow">
          <b>{isOver ? texts.viewOver : texts.viewing(name)}</b>{' '}
          {view.hidden > 0 ? <span className="sm">{texts.viewHidden(view.hidden)}</span> : null}
        </span>
        <span className="sm num" aria-live="off">
          {isOver ? '' : texts.viewLeft(leftOf(leftMs))}
        </span>
        {leftMs < SOON_MS ? (
          <Button size="small" onClick={props.onLonger}>
            {texts.viewLonger}
          </Button>
        ) : null}
        <Anchor className="btn small" href={adminHref('people', [id])}>
          <Icon name="log-out" />
          {texts.viewExit}
        </Anchor>
      </div>
      {isOver || ViewedChat === undefined ? null : (
        <div className="view-frame">
          <ViewedChat person={view.person} place={props.place} token={() => token.current} />
        </div>
      )}
    </div>
  )
}

const SOON_MS = 120_000
