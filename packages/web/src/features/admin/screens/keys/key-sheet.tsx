// One key, looked into: what it may do, where it stands, and what can be done with it.

import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { StateWord } from '../../form/state-word.tsx'
import { adminHref } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import type { Right } from '../../store/rights.tsx'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, Copy, TimeCell } from '../../table/cells.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import type { KeyAct } from './key-dialogs.tsx'
import { isZeroTrust, type Key, type KeyState, stateOf } from './model.ts'
import { texts } from './texts.ts'

export const TONES: Readonly<Record<KeyState, 'good' | 'late' | 'bad' | 'plain'>> = {
  active: 'good',
  unused: 'plain',
  rotating: 'late',
  ending: 'late',
  expired: 'bad',
}

export function KeySheet(
  props: ScreenProps & {
    readonly id: string
    readonly known: Key | undefined
    readonly right: Right
    readonly onAct: (act: KeyAct) => void
  },
): ReactNode {
  const { id, known, calls, address, right } = props
  const navigate = useNavigate()
  const read = useRead(calls, 'readKey', { params: { id } }, { isOff: known !== undefined })
  const key = known ?? read.data
  const closeHref = adminHref('keys', [], kept(address.query))
  if (key === undefined)
    return (
      <SideSheet title={id} closeHref={closeHref}>
        <p className="sm dim">{read.state === 'failed' ? refusalOf(read.error) : ''}</p>
      </SideSheet>
    )
  return (
    <SideSheet title={key.name} closeHref={closeHref}>
      <KeyFacts of={key} />
      <section className="stack" aria-label={texts.matrix}>
        <h3 className="nav-h">{texts.scopes}</h3>
        {isZeroTrust(key) ? <p className="sm dim">{texts.zeroTrustHint}</p> : null}
        <Capability of={key.capability} />
        <h3 className="nav-h">{texts.facts.tokens}</h3>
        {typeof key.mayDelegate === 'string' ? (
          <p className="sm">{texts.delegations[key.mayDelegate]}</p>
        ) : (
          <Capability of={key.mayDelegate} />
        )}
      </section>
      <p className="sm">
        <Anchor href={adminHref('connections', [], { ...kept(address.query), key: key.id })}>
          {texts.seeConnections}
        </Anchor>
      </p>
      {right.kind === 'on' ? (
        <div className="acts apart">
          <Button
            onClick={() =>
              navigate(adminHref('keys', [key.id], { ...kept(address.query), edit: '1' }))
            }
          >
            {texts.edit}
          </Button>
          <Button onClick={() => props.onAct({ kind: 'rotate', of: key })}>{texts.rotate}</Button>
          <span className="grow" />
          <Button look="danger" onClick={() => props.onAct({ kind: 'revoke', of: key })}>
            {texts.revoke}
          </Button>
        </div>
      ) : null}
    </SideSheet>
  )
}

function KeyFacts({ of: key }: { readonly of: Key }): ReactNode {
  const state = stateOf(key, Date.now())
  return (
    <dl className="facts">
      <dt>{texts.state}</dt>
      <dd>
        <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord>
      </dd>
      <dt>{texts.id}</dt>
      <dd className="row">
        <CodeCell>{key.keyName}</CodeCell>
        <Copy text={key.keyName} />
      </dd>
      <dt>{texts.uses}</dt>
      <dd className="num">{key.connections}</dd>
      <dt>{texts.lastHour}</dt>
      <dd className="num">{texts.services(key.addressesLastHour)}</dd>
      <dt>{texts.lastUse}</dt>
      <dd>{key.lastUsedAt === undefined ? texts.notUsed : <TimeCell at={key.lastUsedAt} />}</dd>
      <dt>{texts.facts.made}</dt>
      <dd>
        <TimeCell at={key.createdAt} />
      </dd>
      <dt>{texts.expires}</dt>
      <dd>{key.expiresAt === undefined ? texts.never : <TimeCell at={key.expiresAt} />}</dd>
      {key.previousSecretUntil === undefined ? null : (
        <>
          <dt>{texts.facts.oldSecret}</dt>
          <dd>
            <TimeCell at={key.previousSecretUntil} />
          </dd>
        </>
      )}
      {key.allowedAddresses === undefined ? null : (
        <>
          <dt>{texts.facts.from}</dt>
          <dd>{key.allowedAddresses.join(', ')}</dd>
        </>
      )}
    </dl>
  )
}

export function Capability(props: {
  readonly of: Readonly<Record<string, readonly string[] | undefined>>
}): ReactNode {
  const all = Object.entries(props.of)
  if (all.length === 0) return null
  return (
    <ul className="cards">
      {all.map(([pattern, actions]) => (
        <li key={pattern} className="card">
          <p>
            <code>{pattern}</code>
          </p>
          <p className="xs dim">{(actions ?? []).join(', ')}</p>
        </li>
      ))}
    </ul>
  )
}
