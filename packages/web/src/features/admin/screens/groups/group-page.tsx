// One group: who is in it, what they have by it.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Anchor, useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { Tag } from '../../../../ui/tag.tsx'
import { subjectFinder } from '../../form/finders.tsx'
import { Picker } from '../../form/picker.tsx'
import { adminHref } from '../../model/address.ts'
import { groupOf, idOf, isPerson, placeOf, roleNamed } from '../../model/names.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { PersonCell } from '../../table/cells.tsx'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { GrantDialog } from '../grants/grant-dialog.tsx'
import { texts } from './texts.ts'

type Member = ItemOf<'listMembers'>
type Props = ScreenProps & { readonly groupKey: string }
type Act =
  | { readonly kind: 'add' | 'give' | 'remove' }
  | { readonly kind: 'takeOut'; readonly member: Member }

export function GroupPage(props: Props): ReactNode {
  const { calls, groupKey } = props
  const { right } = useRights()
  const [act, setAct] = useState<Act>()
  const params = { key: groupKey }
  const group = useRead(calls, 'readGroup', { params })
  const list = useList(calls, 'listMembers', { params })
  const manage = right('manage-people')
  const isOff = manage.kind === 'off'
  const title = group.data?.title ?? groupKey
  return (
    <div className="page">
      <PageHead
        title={title}
        back={{ href: adminHref('groups'), label: shared.screens.groups }}
        beside={group.data?.about}
      >
        {manage.kind === 'absent' ? null : (
          <>
            <Button icon="user-plus" busy={isOff} onClick={() => setAct({ kind: 'add' })}>
              {texts.add}
            </Button>
            <span className="apart">
              <Button look="danger" busy={isOff} onClick={() => setAct({ kind: 'remove' })}>
                {texts.remove}
              </Button>
            </span>
          </>
        )}
      </PageHead>
      {group.state === 'failed' ? (
        <p className="banner" role="alert">
          {refusalOf(group.error)}
        </p>
      ) : null}
      <Holds {...props} holds={group.data?.holds} onGive={() => setAct({ kind: 'give' })} />
      <DataTable
        name="members"
        label={texts.members}
        columns={[
          { key: 'member', title: texts.member, width: 260, cell: (row) => <Who row={row} /> },
          {
            key: 'roles',
            title: texts.roles,
            width: 220,
            cell: ({ roles }) => roles.join(', '),
          },
        ]}
        list={list}
        rowKey={({ member }) => member}
        rowName={nameOf}
        menu={(member) => [
          {
            items: [
              {
                key: 'takeOut',
                label: texts.takeOut,
                icon: 'user-minus',
                isDanger: true,
                ...(manage.kind === 'on'
                  ? {}
                  : { isOff: true, detail: shared.needs('manage-people') }),
                onSelect: () => setAct({ kind: 'takeOut', member }),
              },
            ],
          },
        ]}
        empty={{ text: texts.emptyMembers }}
      />
      {act === undefined ? null : (
        <ActDialog
          {...props}
          act={act}
          title={title}
          count={group.data?.members ?? 0}
          onClose={() => setAct(undefined)}
        />
      )}
    </div>
  )
}

function Holds(
  props: Props & { readonly holds: readonly string[] | undefined; readonly onGive: () => void },
): ReactNode {
  const { right } = useRights()
  const roles = useRead(props.calls, 'listRoles', {})
  const assign = right('assign-role')
  const set = `group:${props.groupKey}#member`
  return (
    <section className="holds" aria-label={texts.holds}>
      <h2 className="section-h">{texts.holds}</h2>
      <p className="row wrap">
        {props.holds?.length === 0 ? <span className="sm dim">{texts.noHolds}</span> : null}
        {(props.holds ?? []).map((held) => {
          const [on = '', role = ''] = held.split('#')
          const face = roleNamed(roles.data?.items, role, on)
          return (
            <Anchor key={held} className="plain" href={adminHref('grants', [`${held}@${set}`])}>
              <Tag title={`${face.title} · ${placeOf(on)}`} glyph={face.glyph} tone={face.tone} />
            </Anchor>
          )
        })}
        {assign.kind === 'absent' ? null : (
          <Button size="small" busy={assign.kind === 'off'} onClick={props.onGive}>
            {texts.give}
          </Button>
        )}
      </p>
    </section>
  )
}

function nameOf({ person, member }: Member): string {
  return person?.name ?? groupOf(member) ?? idOf(member)
}

function Who({ row }: { readonly row: Member }): ReactNode {
  const { member, person } = row
  const group = groupOf(member)
  const href = isPerson(member)
    ? adminHref('people', [idOf(member)])
    : adminHref('groups', group === undefined ? [] : [group])
  return (
    <Anchor className="plain" href={href}>
      <PersonCell id={idOf(member)} name={nameOf(row)} picture={person?.picture} />
    </Anchor>
  )
}

const OLD = ['listGroups', 'readGroup', 'listMembers', 'listPeople', 'readPerson'] as const

function ActDialog(
  props: Props & {
    readonly act: Act
    readonly title: string
    readonly count: number
    readonly onClose: () => void
  },
): ReactNode {
  const { act, calls, groupKey, title, onClose } = props
  const navigate = useNavigate()
  const params = { key: groupKey }
  const takeOut = useWrite(
    (member: Member) =>
      calls.call('removeMembers', { params, body: { members: [nameToWrite(member.member)] } }),
    OLD,
    (member) => texts.tookOut(nameOf(member)),
  )
  const remove = useWrite(
    () => calls.call('removeGroup', { params }),
    ['listGroups', 'listPeople'],
    () => texts.removed(title),
  )
  switch (act.kind) {
    case 'add':
      return <AddDialog {...props} />
    case 'give':
      return (
        <GrantDialog
          {...props}
          subject={{ key: `group:${groupKey}#member`, name: title }}
          onClose={onClose}
        />
      )
    case 'takeOut':
      return (
        <FormDialog
          title={texts.removeTitle(nameOf(act.member), title)}
          text={texts.removeText}
          confirm={texts.takeOut.replace('…', '')}
          isDanger
          onConfirm={() => takeOut.run(act.member)}
          onClose={onClose}
        />
      )
    case 'remove':
      return (
        <FormDialog
          title={texts.removeGroupTitle(title)}
          text={texts.removeGroupText(props.count)}
          confirm={texts.remove.replace('…', '')}
          isDanger
          typeName={groupKey}
          onConfirm={() => remove.run(undefined).then(() => navigate(adminHref('groups')))}
          onClose={onClose}
        />
      )
  }
}

function AddDialog(
  props: Props & { readonly title: string; readonly onClose: () => void },
): ReactNode {
  const { calls, groupKey } = props
  const [who, setWho] = useState<{ readonly key: string; readonly name: string }>()
  const write = useWrite(
    () =>
      calls.call('addMembers', {
        params: { key: groupKey },
        body: { members: [nameToWrite(who?.key ?? '')] },
      }),
    OLD,
    () => texts.added(who?.name ?? ''),
  )
  return (
    <FormDialog
      title={texts.addTitle(props.title)}
      confirm={texts.addIt}
      off={who === undefined ? texts.needWho : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <Picker
        look="field"
        label={texts.who}
        name="subjects"
        shown={who?.name ?? texts.pick}
        find={subjectFinder(calls)}
        onPick={({ key, label }) => setWho({ key, name: label })}
      />
    </FormDialog>
  )
}

/** The API takes people by their id, sets as they are. */
function nameToWrite(member: string): string {
  return isPerson(member) ? idOf(member) : member
}
