// Groups: sets of people that roles are given to. Listed; one of them with its members and what they have by it.

import '../../styles/people.css'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useWrite } from '../../store/use-read.ts'
import { CodeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { GroupPage } from './group-page.tsx'
import { texts } from './texts.ts'

type Group = ItemOf<'listGroups'>

export function Groups(props: ScreenProps): ReactNode {
  const key = props.address.rest[0]
  return key === undefined ? <AllGroups {...props} /> : <GroupPage {...props} groupKey={key} />
}

function AllGroups(props: ScreenProps): ReactNode {
  const navigate = useNavigate()
  const { right } = useRights()
  const [isMaking, setMaking] = useState(false)
  const list = useList(props.calls, 'listGroups', {})
  const manage = right('manage-people')
  const make =
    manage.kind === 'absent' ? null : (
      <Button icon="plus" busy={manage.kind === 'off'} onClick={() => setMaking(true)}>
        {texts.make}
      </Button>
    )
  return (
    <div className="page">
      <PageHead title={shared.screens.groups}>{make}</PageHead>
      <DataTable
        name="groups"
        label={shared.screens.groups}
        columns={columns()}
        list={list}
        rowKey={({ key }) => key}
        rowName={({ title }) => title}
        onOpen={({ key }) => navigate(adminHref('groups', [key]))}
        empty={{ text: texts.empty, action: make }}
      />
      {isMaking ? <MakeDialog {...props} onClose={() => setMaking(false)} /> : null}
    </div>
  )
}

function columns(): readonly Column<Group>[] {
  return [
    { key: 'title', title: texts.title, width: 220, cell: ({ title }) => title },
    { key: 'key', title: texts.key, width: 160, cell: ({ key }) => <CodeCell>{key}</CodeCell> },
    {
      key: 'members',
      title: texts.members,
      width: 100,
      align: 'end',
      cell: ({ members }) => <span className="num">{members}</span>,
    },
    {
      key: 'holds',
      title: texts.holds,
      width: 320,
      cell: ({ holds }) => <span className="cut">{holds.join(', ') || '–'}</span>,
    },
    { key: 'about', title: texts.about, width: 220, cell: ({ about }) => about ?? '–' },
  ]
}

function MakeDialog(props: ScreenProps & { readonly onClose: () => void }): ReactNode {
  const [key, setKey] = useState('')
  const [title, setTitle] = useState('')
  const [about, setAbout] = useState('')
  const write = useWrite(
    () =>
      props.calls.call('makeGroup', {
        body: {
          key,
          ...(title === '' ? {} : { title }),
          ...(about === '' ? {} : { about }),
          tenant: props.tenant.slice('tenant:'.length),
        },
      }),
    ['listGroups'],
    () => texts.made(title === '' ? key : title),
  )
  return (
    <FormDialog
      title={texts.makeTitle}
      text={texts.makeText}
      confirm={texts.make.replace('…', '')}
      off={key === '' ? texts.needKey : undefined}
      onConfirm={() => write.run(undefined)}
      onClose={props.onClose}
    >
      <TextField
        label={texts.key}
        value={key}
        onChange={setKey}
        hint={texts.keyHint}
        maxLength={64}
        isCode
        isRequired
      />
      <TextField label={texts.titleField} value={title} onChange={setTitle} maxLength={80} />
      <TextField label={texts.aboutField} value={about} onChange={setAbout} maxLength={250} />
    </FormDialog>
  )
}
