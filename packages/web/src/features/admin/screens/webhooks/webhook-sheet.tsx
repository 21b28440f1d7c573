// One webhook, looked into: how it stands, and what was delivered, with the answers.

import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { StateWord } from '../../form/state-word.tsx'
import { adminHref } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useWrite } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { texts } from './texts.ts'
import { put, type WebhookAct } from './webhook-dialogs.tsx'
import { type Webhook, WebhookState } from './webhook-state.tsx'

type Delivery = ItemOf<'listDeliveries'>

const REFRESH_MS = 5_000

export function WebhookSheet(
  props: ScreenProps & {
    readonly id: string
    readonly known: Webhook | undefined
    readonly onAct: (act: WebhookAct) => void
  },
): ReactNode {
  const { id, known, address } = props
  const closeHref = adminHref('webhooks', [], kept(address.query))
  if (known === undefined)
    return (
      <SideSheet title={id} closeHref={closeHref}>
        {null}
      </SideSheet>
    )
  return (
    <SideSheet title={hostOf(known.url)} closeHref={closeHref}>
      <dl className="facts">
        <dt>{texts.state}</dt>
        <dd>
          <WebhookState of={known} />
          {known.disabledWhy === undefined ? null : <p className="xs dim">{known.disabledWhy}</p>}
        </dd>
        {known.nextAt === undefined ? null : (
          <>
            <dt>{texts.nextAt}</dt>
            <dd>
              <TimeCell at={known.nextAt} />
            </dd>
          </>
        )}
        <dt>{texts.url}</dt>
        <dd>
          <code>{known.url}</code>
        </dd>
        <dt>{texts.events}</dt>
        <dd>{known.events.map((event) => texts.eventWords[event]).join(', ')}</dd>
        {known.about === '' ? null : (
          <>
            <dt>{texts.about}</dt>
            <dd>{known.about}</dd>
          </>
        )}
      </dl>
      <Deliveries {...props} of={known} />
      <Acts {...props} of={known} />
    </SideSheet>
  )
}

function Acts(
  props: ScreenProps & { readonly of: Webhook; readonly onAct: (act: WebhookAct) => void },
): ReactNode {
  const { of, calls, onAct } = props
  const isManaging = useRights().may('manage-webhooks')
  const turn = useWrite(
    () => {
      const { url, about, enabled, events } = of
      return put(calls, of.id, { url, about, enabled: !enabled, events: events as never })
    },
    ['listWebhooks'],
    () => texts.turned,
  )
  if (!isManaging) return null
  return (
    <div className="acts apart">
      <Button onClick={() => onAct({ kind: 'edit', of })}>{texts.edit}</Button>
      <Button busy={turn.isBusy} onClick={() => void turn.run(undefined)}>
        {of.enabled ? texts.turnOff : texts.turnOn}
      </Button>
      <span className="grow" />
      <Button look="danger" onClick={() => onAct({ kind: 'remove', of })}>
        {texts.remove}
      </Button>
    </div>
  )
}

function Deliveries({ of, calls }: ScreenProps & { readonly of: Webhook }): ReactNode {
  const say = useSay()
  const params = { id: of.id }
  const list = useList(calls, 'listDeliveries', { params }, { refreshMs: REFRESH_MS })
  const again = useWrite(
    async (delivery: string) => {
      const { count } = await calls.call('replayWebhook', { params, body: { delivery } })
      say({ tone: 'good', title: texts.replayed(count) })
    },
    ['listDeliveries'],
  )
  const [latest] = list.items
  return (
    <section className="deliveries" aria-label={texts.deliveries}>
      <h3 className="nav-h">{texts.deliveries}</h3>
      <p className="xs faint">{texts.deliveriesText}</p>
      <Button
        size="small"
        icon="rotate-cw"
        busy={latest === undefined || again.isBusy}
        onClick={() => latest && void again.run(latest.id)}
      >
        {texts.test}
      </Button>
      {list.items.length === 0 && list.state === 'ready' ? (
        <p className="sm dim">{texts.noDeliveries}</p>
      ) : null}
      <ul>
        {list.items.map((one) => (
          <Line key={one.id} of={one} onAgain={() => void again.run(one.id)} />
        ))}
      </ul>
      {list.hasMore ? (
        <Button size="small" onClick={list.more}>
          …
        </Button>
      ) : null}
    </section>
  )
}

function Line({ of, onAgain }: { readonly of: Delivery; readonly onAgain: () => void }): ReactNode {
  return (
    <li>
      <details>
        <summary>
          <StateWord tone={of.ok ? 'good' : 'bad'}>
            {of.ok ? texts.delivered : texts.failed}
          </StateWord>
          <span className="num sm">{of.status ?? ''}</span>
          <span className="grow" />
          <span className="xs faint">
            <TimeCell at={of.at} />
          </span>
        </summary>
        <p className="xs dim">
          {texts.attempt(of.attempt)} · {texts.took(Math.round(of.tookMs))}
          {of.error === undefined ? '' : ` · ${of.error}`}
        </p>
        <h4 className="label">{texts.sent}</h4>
        <pre>{shaped(of.body)}</pre>
        {of.answer === undefined || of.answer === '' ? null : (
          <>
            <h4 className="label">{texts.answer}</h4>
            <pre>{of.answer}</pre>
          </>
        )}
        <Button size="small" onClick={onAgain}>
          {texts.again}
        </Button>
      </details>
    </li>
  )
}

function shaped(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
