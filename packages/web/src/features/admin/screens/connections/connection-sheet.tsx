// One connection, looked into: what it may do on each channel.

import type { ReactNode } from 'react'
import { Anchor } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { Tag } from '../../../../ui/tag.tsx'
import { adminHref } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import { useRead } from '../../store/use-read.ts'
import { CodeCell, Copy, PersonCell, TimeCell } from '../../table/cells.tsx'
import { SideSheet } from '../../view/page-head.tsx'
import { spokenAgent } from './agent.ts'
import { type Connection, nameOf } from './model.ts'
import { texts } from './texts.ts'

export function ConnectionSheet(
  props: ScreenProps & {
    readonly id: string
    readonly known: Connection | undefined
    readonly closeHref: string
  },
): ReactNode {
  const params = { id: props.id }
  const read = useRead(
    props.calls,
    'readConnection',
    { params },
    { isOff: props.known !== undefined },
  )
  const one = props.known ?? read.data
  const title = one === undefined ? props.id : nameOf(one)
  return (
    <SideSheet title={title} closeHref={props.closeHref}>
      {one === undefined ? (
        <p className="sm dim">{read.state === 'failed' ? refusalOf(read.error) : ''}</p>
      ) : (
        <>
          <PersonCell id={one.clientId ?? one.id} name={nameOf(one)} />
          <dl className="facts">
            <dt>{texts.client}</dt>
            <dd title={one.agent}>{spokenAgent(one.agent)}</dd>
            <dt>{texts.lag}</dt>
            <dd className="num" title={texts.lagHint}>
              {one.lagMs === undefined ? '–' : texts.ms(one.lagMs)}
            </dd>
            <dt>{texts.revision}</dt>
            <dd className="num" title={texts.revisionHint}>
              {one.revision}
            </dd>
            <dt>{texts.since}</dt>
            <dd>
              <TimeCell at={one.openedAt} />
            </dd>
            <dt>{texts.key}</dt>
            <dd>
              <Anchor href={adminHref('keys', [one.key])}>
                <CodeCell>{one.key}</CodeCell>
              </Anchor>
            </dd>
            <dt>{texts.id}</dt>
            <dd className="row">
              <CodeCell>{one.id}</CodeCell>
              <Copy text={one.id} />
            </dd>
          </dl>
          <h3 className="nav-h">{texts.channels}</h3>
          <ul className="cards">
            {one.channels.map(({ channel, modes, taken, role }) => (
              <li key={channel} className="card">
                <p className="row">
                  <span className="strong sm cut grow">{channel}</span>
                  {role === undefined ? null : (
                    <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
                  )}
                </p>
                <p className="xs dim">{modes.join(', ') || '–'}</p>
                {taken === undefined ? null : (
                  <p className="xs danger-text">
                    {texts.taken}: {taken.join(', ')}
                  </p>
                )}
              </li>
            ))}
          </ul>
          {one.clientId === undefined ? null : (
            <p className="sm">
              <Anchor href={adminHref('people', [one.clientId])}>{texts.grants}</Anchor>
            </p>
          )}
        </>
      )}
    </SideSheet>
  )
}
