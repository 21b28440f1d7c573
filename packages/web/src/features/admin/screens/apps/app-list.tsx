// Apps: made, renamed, removed, looked at. The list is of the main app, whichever is looked at.

import { manage } from '@sayso/client/manage'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import type { MenuGroup } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { SecretDialog } from '../../../../ui/secret-dialog.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useSecondPerson } from '../../store/second-person.ts'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useWrite } from '../../store/use-read.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import { type Column, sortOf, sortText } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { sortedBy } from '../../table/sorted.ts'
import { PageHead } from '../../view/page-head.tsx'
import { texts } from './texts.ts'

type App = ItemOf<'listApps'>
type Act =
  | { readonly kind: 'create' }
  | { readonly kind: 'rename' | 'remove'; readonly app: App }
  | { readonly kind: 'secret'; readonly name: string; readonly key: string }

const calls = manage()

export function AppList(props: ScreenProps & { readonly tabs: ReactNode }): ReactNode {
  const { address } = props
  const navigate = useNavigate()
  const isManaging = useRights().may('manage-app')
  const [act, setAct] = useState<Act>()
  const sort = sortOf(address.query.sort)
  const all = useList(calls, 'listApps', { query: {} })
  const list = sortedBy(all, sort, {
    name: ({ name }) => name,
    id: ({ id }) => id,
    made: ({ createdAt }) => createdAt,
  })
  const lookAt = ({ id }: App) => navigate(adminHref('', [], { app: id }))
  return (
    <div className="page">
      <PageHead title={shared.screens.apps} beside={texts.about}>
        {isManaging ? (
          <Button look="primary" icon="plus" onClick={() => setAct({ kind: 'create' })}>
            {texts.create}
          </Button>
        ) : null}
      </PageHead>
      {props.tabs}
      <DataTable
        name="apps"
        label={texts.tabs.apps}
        columns={columns(address.query.app)}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        onOpen={lookAt}
        openKey={address.query.app}
        menu={(app) => menuOf(app, lookAt, setAct)}
        sort={sort}
        onSort={(next) => navigate(withQuery(address, { sort: sortText(next) }))}
        empty={{ text: texts.empty }}
      />
      <AppDialog act={act} onAct={setAct} />
    </div>
  )
}

function AppDialog(props: {
  readonly act: Act | undefined
  readonly onAct: (act: Act | undefined) => void
}): ReactNode {
  const { act, onAct } = props
  const close = () => onAct(undefined)
  if (act === undefined) return null
  if (act.kind === 'secret')
    return (
      <SecretDialog
        title={texts.secretTitle(act.name)}
        text={texts.secretText}
        label={texts.secretLabel}
        secret={act.key}
        onClose={close}
      />
    )
  if (act.kind === 'remove') return <Remove app={act.app} onClose={close} />
  return (
    <Details
      app={act.kind === 'rename' ? act.app : undefined}
      onMade={(name, key) => onAct({ kind: 'secret', name, key })}
      onClose={close}
    />
  )
}

function Details(props: {
  readonly app: App | undefined
  readonly onMade: (name: string, key: string) => void
  readonly onClose: () => void
}): ReactNode {
  const { app } = props
  const [name, setName] = useState(app?.name ?? '')
  const [project, setProject] = useState(app?.project ?? '')
  const [environment, setEnvironment] = useState(app?.environment ?? '')
  // The dialog closes by itself then; the secret stays to be seen.
  const isMade = useRef(false)
  const body = {
    name: name.trim(),
    ...(project === '' ? {} : { project }),
    ...(environment === '' ? {} : { environment }),
  }
  const write = useWrite(
    async () => {
      if (app !== undefined) return calls.call('changeApp', { params: { id: app.id }, body })
      const answer = await calls.call('createApp', { body })
      isMade.current = true
      props.onMade(answer.name, answer.key)
      return answer
    },
    ['listApps'],
    () => (app === undefined ? texts.madeIt(body.name) : texts.renamed(body.name)),
  )
  return (
    <FormDialog
      title={app === undefined ? texts.createTitle : texts.renameTitle(app.name)}
      {...(app === undefined ? { text: texts.createText } : {})}
      confirm={app === undefined ? texts.create : shared.save}
      onConfirm={() => write.run(undefined)}
      onClose={() => {
        if (!isMade.current) props.onClose()
      }}
    >
      <TextField label={texts.name} value={name} onChange={setName} maxLength={100} isRequired />
      <TextField
        label={texts.project}
        hint={texts.optional}
        value={project}
        onChange={setProject}
        maxLength={64}
        isCode
      />
      <TextField
        label={texts.environment}
        hint={texts.optional}
        value={environment}
        onChange={setEnvironment}
        maxLength={64}
        isCode
      />
    </FormDialog>
  )
}

function Remove(props: { readonly app: App; readonly onClose: () => void }): ReactNode {
  const { app } = props
  const write = useWrite(
    () => calls.call('removeApp', { params: { id: app.id } }),
    ['listApps'],
    () => texts.removed(app.name),
  )
  const [reason, setReason] = useState('')
  const second = useSecondPerson(calls, () => shared.askedSecond)
  const isForTwo = second.needs('remove-app')
  const ask = () => second.ask.run({ wanted: { action: 'remove-app', app: app.id }, reason })
  return (
    <FormDialog
      title={texts.removeTitle(app.name)}
      text={isForTwo ? `${texts.removeText} ${shared.askSecondNote}` : texts.removeText}
      off={isForTwo && reason.trim() === '' ? shared.needsReason : undefined}
      confirm={isForTwo ? shared.askSecond : texts.remove}
      isDanger
      typeName={app.name}
      onConfirm={() => (isForTwo ? ask() : write.run(undefined))}
      onClose={props.onClose}
    >
      {isForTwo ? (
        <TextField label={shared.reason} value={reason} onChange={setReason} maxLength={500} />
      ) : null}
    </FormDialog>
  )
}

function columns(current: string | undefined): readonly Column<App>[] {
  return [
    {
      key: 'name',
      title: texts.name,
      width: 220,
      isSortable: true,
      cell: ({ id, name }) => (
        <span className="row">
          <span className="strong cut">{name}</span>
          {id === current ? <span className="badge">{texts.current}</span> : null}
        </span>
      ),
    },
    {
      key: 'id',
      title: texts.id,
      width: 160,
      isSortable: true,
      cell: ({ id }) => <CodeCell>{id}</CodeCell>,
    },
    { key: 'project', title: texts.project, width: 140, cell: ({ project }) => project ?? '–' },
    {
      key: 'environment',
      title: texts.environment,
      width: 140,
      cell: ({ environment }) => environment ?? '–',
    },
    {
      key: 'made',
      title: texts.made,
      width: 150,
      isSortable: true,
      cell: ({ createdAt }) => <TimeCell at={createdAt} />,
    },
  ]
}

function menuOf(
  app: App,
  lookAt: (app: App) => void,
  act: (act: Act) => void,
): readonly MenuGroup[] {
  return [
    {
      items: [
        { key: 'open', label: texts.open, icon: 'eye', onSelect: () => lookAt(app) },
        {
          key: 'rename',
          label: texts.rename,
          icon: 'pencil',
          onSelect: () => act({ kind: 'rename', app }),
        },
      ],
    },
    {
      items: [
        {
          key: 'remove',
          label: texts.remove,
          icon: 'trash',
          isDanger: true,
          onSelect: () => act({ kind: 'remove', app }),
        },
      ],
    },
  ]
}
