// One person: what is known of them, their roles and groups, and what can be done.

import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Button } from '../../../../ui/button.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { Tag } from '../../../../ui/tag.tsx'
import { adminHref } from '../../model/address.ts'
import { groupOf, placeOf, roleNamed } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useRead, useWrite } from '../../store/use-read.ts'
import { CodeCell, Copy } from '../../table/cells.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { GrantEnd } from '../grants/grant-cells.tsx'
import { GrantDialog } from '../grants/grant-dialog.tsx'
import { AttributeForm } from './attribute-form.tsx'
import { EraseDialog, type Receipt, ReceiptSheet } from './erase-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { PersonSessions } from './sessions/person-sessions.tsx'
import { texts } from './texts.ts'

type Props = ScreenProps & { readonly id: string }

export function PersonPage(props: Props): ReactNode {
  const { calls, id } = props
  const [receipt, setReceipt] = useState<Receipt>()
  const read = useRead(calls, 'readPerson', { params: { id } }, { isOff: receipt !== undefined })
  const person = read.data
  // People sign in with the main app: what is done to an account is done there.
  const isOther = props.address.query.app !== undefined
  const back = { href: adminHref('people'), label: texts.back }
  if (receipt !== undefined)
    return (
      <div className="page">
        <PageHead title={texts.receipt} back={back} />
        <div className="page-scroll">
          <ReceiptSheet receipt={receipt} />
        </div>
      </div>
    )
  return (
    <div className="page">
      <PageHead title={person?.name ?? id} back={back}>
        {person === undefined || isOther ? null : (
          <Acts {...props} name={person.name} onErased={setReceipt} />
        )}
      </PageHead>
      <div className="page-scroll">
        {read.state === 'failed' ? (
          <p className="banner" role="alert">
            {refusalOf(read.error)}
          </p>
        ) : null}
        {person === undefined ? null : <Known {...props} person={person} etag={read.etag} />}
      </div>
    </div>
  )
}

type Whole = NonNullable<ReturnType<typeof useRead<'readPerson'>>['data']>

function Known(
  props: Props & { readonly person: Whole; readonly etag: string | undefined },
): ReactNode {
  const { person, calls, id } = props
  const { right } = useRights()
  const manage = right('manage-people')
  const isOther = props.address.query.app !== undefined
  const declared = useRead(calls, 'listPersonFields', {})
  const write = useWrite(
    (attributes: Readonly<Record<string, unknown>>) =>
      calls.call('amendPerson', {
        params: { id },
        body: { attributes: attributes as never },
        ...(props.etag === undefined ? {} : { ifMatch: props.etag }),
      }),
    ['readPerson', 'listPeople'],
    () => texts.saved(person.name),
  )
  return (
    <div className="person">
      <section className="who-card">
        <Avatar id={id} name={person.name} picture={person.picture} size="l" />
        <div>
          <p className="row wrap">
            {person.roles.map(({ role, title, glyph, tone }) => (
              <Tag key={role} title={title} glyph={glyph} tone={tone} />
            ))}
          </p>
          <p className="sm dim">{person.email ?? '–'}</p>
          <p className="row">
            <CodeCell>{id}</CodeCell>
            <Copy text={id} />
          </p>
        </div>
        <Links id={id} />
      </section>
      <Grants {...props} />
      {manage.kind === 'absent' || isOther ? null : (
        <PersonSessions {...props} name={person.name} />
      )}
      <section aria-labelledby="person-attributes">
        <h2 id="person-attributes" className="section-h">
          {texts.attributes}
        </h2>
        {declared.state === 'loading' ? null : (
          <AttributeForm
            known={person.attributes}
            declared={declared.data?.items ?? []}
            isReadOnly={manage.kind === 'absent'}
            off={manage.kind === 'off' ? manage.reason : undefined}
            onSave={write.run}
          />
        )}
      </section>
    </div>
  )
}

function Links({ id }: { readonly id: string }): ReactNode {
  const { right } = useRights()
  const subject = `user:${id}`
  const links = [
    ['explain', texts.explain, adminHref('explain', [], { who: subject })],
    ['read-connections', texts.connections, adminHref('connections', [], { person: id })],
    ['read-audit', texts.auditOf, adminHref('audit', [], { person: subject })],
    ['read-audit', texts.auditBy, adminHref('audit', [], { actor: subject })],
  ] as const
  return (
    <p className="sm links">
      {links
        .filter(([action]) => right(action).kind === 'on')
        .map(([, label, href]) => (
          <Anchor key={label} href={href}>
            {label}
          </Anchor>
        ))}
    </p>
  )
}

function Grants(props: Props & { readonly person: Whole }): ReactNode {
  const { person, calls, id } = props
  const { right } = useRights()
  const [isGiving, setGiving] = useState(false)
  const roles = useRead(calls, 'listRoles', {})
  const assign = right('assign-role')
  const groups = person.grants.filter(({ on }) => on.startsWith('group:'))
  const others = person.grants.filter(({ on }) => !on.startsWith('group:'))
  return (
    <section aria-labelledby="person-grants">
      <h2 id="person-grants" className="section-h">
        {texts.grants}
      </h2>
      {others.length === 0 ? <p className="sm dim">{texts.noGrants}</p> : null}
      <ul className="lines">
        {others.map((grant) => {
          const role = roleNamed(roles.data?.items, grant.role, grant.on)
          return (
            <li key={grant.grant} className="line">
              <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
              <span className="cut">{placeOf(grant.on)}</span>
              <span className="grow" />
              <GrantEnd api={props.api} grant={grant} />
              <Anchor className="sm" href={adminHref('grants', [grant.grant])}>
                {texts.open}
              </Anchor>
            </li>
          )
        })}
      </ul>
      {assign.kind === 'absent' ? null : (
        <Button size="small" busy={assign.kind === 'off'} onClick={() => setGiving(true)}>
          {texts.give}
        </Button>
      )}
      {assign.kind === 'off' ? <p className="hint">{assign.reason}</p> : null}
      <h2 className="section-h">{texts.groups}</h2>
      {groups.length === 0 ? <p className="sm dim">{texts.noGroups}</p> : null}
      <ul className="lines">
        {groups.map(({ on, grant }) => {
          const key = groupOf(`${on}#`) ?? on
          return (
            <li key={grant} className="line">
              <Icon name="users-round" />
              <Anchor href={adminHref('groups', [key])}>{key}</Anchor>
            </li>
          )
        })}
      </ul>
      {isGiving ? (
        <GrantDialog
          {...props}
          subject={{ key: `user:${id}`, name: person.name }}
          onClose={() => setGiving(false)}
        />
      ) : null}
    </section>
  )
}

function Acts(
  props: Props & { readonly name: string; readonly onErased: (receipt: Receipt) => void },
): ReactNode {
  const { id, name, calls } = props
  const { right } = useRights()
  const [act, setAct] = useState<'password' | 'erase'>()
  const [made, setMade] = useState<{ readonly url: string; readonly expiresAt: string }>()
  const manage = right('manage-people')
  const isOff = manage.kind !== 'on'
  const write = useWrite(
    async () => setMade(await calls.call('makePasswordLink', { params: { id } })),
    [],
  )
  return (
    <>
      {right('view-as').kind === 'on' ? (
        <Anchor className="btn" href={adminHref('people', [id, 'view'])}>
          <Icon name="eye" />
          {texts.tryAs}
        </Anchor>
      ) : null}
      {right('export').kind === 'on' && right('export-messages').kind === 'on' ? (
        <a className="btn" href={calls.hrefOf('exportPerson', { params: { id } })} download>
          <Icon name="download" />
          <span className="no-phone">{texts.export}</span>
        </a>
      ) : null}
      {manage.kind === 'absent' ? null : (
        <>
          <Button busy={isOff} onClick={() => setAct('password')}>
            {texts.passwordLink}
          </Button>
          <span className="apart">
            <Button look="danger" busy={isOff} onClick={() => setAct('erase')}>
              {texts.erase}
            </Button>
          </span>
        </>
      )}
      {act === 'password' ? (
        <FormDialog
          title={texts.passwordTitle(name)}
          text={texts.passwordText}
          confirm={texts.passwordLink.replace('…', '')}
          onConfirm={() => write.run(undefined)}
          onClose={() => setAct(undefined)}
        />
      ) : null}
      {made === undefined ? null : (
        <LinkDialog
          title={shared.screens.people}
          text={texts.passwordMade}
          url={made.url}
          until={made.expiresAt}
          onClose={() => setMade(undefined)}
        />
      )}
      {act === 'erase' ? (
        <EraseDialog
          calls={calls}
          id={id}
          onErased={props.onErased}
          onClose={() => setAct(undefined)}
        />
      ) : null}
    </>
  )
}
