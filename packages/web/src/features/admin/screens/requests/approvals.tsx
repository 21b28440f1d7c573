// What takes a second person and waits for one: approved or declined by somebody else, taken back by whoever asked.

import type { Manage } from '@sayso/client/manage'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Icon } from '../../../../ui/icon.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { adminHref, kept } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import type { Approval } from '../../store/second-person.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { texts } from './texts.ts'

type Act = { readonly kind: 'approve' | 'end'; readonly approval: Approval }

const REFRESH_MS = 2_000
/** Whatever may have been done. */
const OLD = [
  'listApprovals',
  'listDrafts',
  'listPlans',
  'readPolicy',
  'listPolicyVersions',
  'listKeys',
  'listPeople',
  'listApps',
] as const

/** @returns nothing where nothing waits and nothing here takes two */
export function Approvals(props: ScreenProps): ReactNode {
  const { calls } = props
  const read = useRead(calls, 'listApprovals', {}, { refreshMs: REFRESH_MS })
  const [act, setAct] = useState<Act>()
  const items = read.data?.items ?? []
  if (items.length === 0 && act === undefined) return null
  return (
    <section aria-label={texts.approvals}>
      <h2 className="nav-h">{texts.approvals}</h2>
      <ul className="inbox" aria-label={texts.approvals}>
        {items.map((approval) => (
          <Row key={approval.id} {...props} approval={approval} onAct={setAct} />
        ))}
      </ul>
      {act === undefined ? null : (
        <ActDialog {...act} calls={calls} onClose={() => setAct(undefined)} />
      )}
    </section>
  )
}

function Row(
  props: ScreenProps & { readonly approval: Approval; readonly onAct: (act: Act) => void },
): ReactNode {
  const { approval, onAct, address } = props
  const { by, isByKey, seconded, reason, askedAt, until, isOwn, at, action, target } = approval
  return (
    <li className="asking">
      {isByKey ? (
        <span className="of-key">
          <Icon name="key-round" />
        </span>
      ) : (
        <Avatar id={by.id} name={by.name} picture={by.picture} size="m" />
      )}
      <div className="grow">
        <p>
          <Anchor
            className="strong"
            href={adminHref(isByKey ? 'keys' : 'people', [by.id], kept(address.query))}
          >
            {isByKey ? texts.theKey(by.name) : by.name}
          </Anchor>{' '}
          {wordsOf(approval)}
          {at === undefined ? null : (
            <>
              {' '}
              (<TimeCell at={at} />)
            </>
          )}
        </p>
        <p className="dim quote">{reason}</p>
        <p className="xs faint">
          {texts.since} <TimeCell at={askedAt} /> · {texts.forgotten('')}
          <TimeCell at={until} />
        </p>
        {action === 'apply-policy' ? (
          <Anchor
            className="sm"
            href={adminHref('policy', ['matrix'], {
              ...kept(address.query),
              draft: target,
              review: '1',
            })}
          >
            {texts.look}
          </Anchor>
        ) : null}
        {isByKey && seconded === undefined ? <p className="hint">{texts.needsTwo}</p> : null}
        {seconded === undefined || isOwn ? null : (
          <p className="hint">{texts.secondedBy(seconded.name)}</p>
        )}
        {isOwn ? (
          <p className="hint">{seconded === undefined ? texts.own : texts.ownFirst}</p>
        ) : null}
      </div>
      <span className="acts">
        {isOwn ? null : (
          <Button onClick={() => onAct({ kind: 'approve', approval })}>{texts.approve}</Button>
        )}
        <Button look="quiet" onClick={() => onAct({ kind: 'end', approval })}>
          {isOwn && !isByKey ? texts.withdraw : texts.decline}
        </Button>
      </span>
    </li>
  )
}

function wordsOf({ action, title }: Approval): string {
  return texts.wants[action](title)
}

function ActDialog(
  props: Act & { readonly calls: Manage; readonly onClose: () => void },
): ReactNode {
  const { kind, approval, calls, onClose } = props
  const { id, isByKey, missing, seconded } = approval
  const by = isByKey ? texts.theKey(approval.by.name) : approval.by.name
  const isOwn = approval.isOwn && !isByKey
  const [reason, setReason] = useState('')
  const approve = useWrite(
    () => calls.call('approve', { params: { id } }),
    OLD,
    () => (missing === 2 ? texts.approvedFirst : texts.approved),
  )
  const end = useWrite(
    () => calls.call('endApproval', { params: { id }, query: reason === '' ? {} : { reason } }),
    OLD,
    () => (isOwn ? texts.withdrawn : texts.refused),
  )
  if (kind === 'approve')
    return (
      <FormDialog
        title={texts.approveTitle(`${by} ${wordsOf(approval)}`)}
        text={missing === 2 ? texts.approveFirst : texts.approveText(seconded?.name ?? by)}
        confirm={texts.approveConfirm}
        isDanger
        onConfirm={() => approve.run(undefined)}
        onClose={onClose}
      />
    )
  return (
    <FormDialog
      title={isOwn ? texts.withdrawTitle : texts.refuseTitle(by)}
      text={texts.refuseText}
      confirm={isOwn ? texts.withdrawConfirm : texts.decline.replace('…', '')}
      onConfirm={() => end.run(undefined)}
      onClose={onClose}
    >
      <TextField label={texts.note} value={reason} onChange={setReason} maxLength={500} />
    </FormDialog>
  )
}
