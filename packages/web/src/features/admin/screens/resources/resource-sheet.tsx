// One resource: its attributes, what it points to, who has a role on it.

import type { ReactNode } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { adminHref, kept } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import type { Right } from '../../store/rights.tsx'
import { useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, Copy, TimeCell } from '../../table/cells.tsx'
import { NamedCell } from '../../table/named-cell.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { nameOf, type ResourceAct } from './attributes.ts'
import { texts } from './texts.ts'

type Props = ScreenProps & {
  readonly id: string
  readonly manage: Right
  readonly onAct: (act: ResourceAct) => void
  readonly closeHref: string
}

export function ResourceSheet(props: Props): ReactNode {
  const { calls, id, address } = props
  const params = { id }
  const read = useRead(calls, 'readResource', { params })
  const one = read.data
  const [type = ''] = id.split(':')
  return (
    <SideSheet title={one === undefined ? id : nameOf(one)} closeHref={props.closeHref}>
      {one === undefined ? (
        <p className="sm dim">{read.state === 'failed' ? refusalOf(read.error) : ''}</p>
      ) : (
        <>
          <dl className="facts">
            <dt>{texts.id}</dt>
            <dd className="row">
              <CodeCell>{one.resource}</CodeCell>
              <Copy text={one.resource} />
            </dd>
            <dt>{texts.tenant}</dt>
            <dd>
              <CodeCell>{one.tenant}</CodeCell>
            </dd>
            {one.relations.length === 0 ? null : (
              <>
                <dt>{texts.relations}</dt>
                <dd>
                  {one.relations.map((each) => (
                    <div key={each}>
                      <code>{each.slice(each.indexOf('#') + 1)}</code>
                    </div>
                  ))}
                </dd>
              </>
            )}
          </dl>
          <section aria-label={texts.attributes}>
            <h3 className="nav-h">{texts.attributes}</h3>
            <dl className="facts">
              {Object.entries(one.attributes).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt>{name}</dt>
                  <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>
              ))}
            </dl>
            {Object.keys(one.attributes).length === 0 ? (
              <p className="sm dim">{texts.noAttributes}</p>
            ) : null}
          </section>
          <Grants {...props} />
          <p className="sm">
            <Anchor href={adminHref('policy', ['matrix', type], kept(address.query))}>
              {texts.matrix}
            </Anchor>
          </p>
          {props.manage.kind === 'on' ? (
            <div className="apart">
              <Button onClick={() => props.onAct({ kind: 'edit', resource: one })}>
                {texts.edit}
              </Button>
              <Button look="danger" onClick={() => props.onAct({ kind: 'remove', resource: one })}>
                {texts.remove}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </SideSheet>
  )
}

function Grants({ calls, id, address }: Props): ReactNode {
  const list = useList(calls, 'listGrants', { query: { on: id } })
  return (
    <section aria-label={texts.grants}>
      <h3 className="nav-h">{texts.grants}</h3>
      {list.items.length === 0 && list.state === 'ready' ? (
        <p className="sm dim">{texts.noGrants}</p>
      ) : null}
      <ul className="live-people">
        {list.items.map((grant) => {
          const person = grant.subject.startsWith('user:') ? grant.subject.slice(5) : undefined
          return (
            <li key={grant.grant}>
              {person === undefined ? (
                <CodeCell>{grant.subject}</CodeCell>
              ) : (
                <Anchor href={adminHref('people', [person], kept(address.query))}>
                  <NamedCell calls={calls} who={grant.subject} />
                </Anchor>
              )}
              <span className="xs faint">
                {grant.role} <GrantEnd at={grant.expires_at} />
              </span>
            </li>
          )
        })}
      </ul>
      {list.hasMore ? (
        <Button size="small" look="quiet" onClick={list.more}>
          …
        </Button>
      ) : null}
    </section>
  )
}

function GrantEnd({ at }: { readonly at?: string | undefined }): ReactNode {
  return at === undefined ? null : <TimeCell at={at} />
}
