// Who could read a message when it was written, and who can now: by a link of the chat, or from a line about it.

import { type ReactNode, type SubmitEvent, useMemo, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { Tag } from '../../../../ui/tag.tsx'
import { adminHref, withQuery } from '../../model/address.ts'
import type { ScreenProps } from '../../props.ts'
import { type ItemOf, useList } from '../../store/use-list.ts'
import { useRead } from '../../store/use-read.ts'
import { PersonCell, TimeCell } from '../../table/cells.tsx'
import type { Column } from '../../table/columns.ts'
import { DataTable } from '../../table/data-table.tsx'
import { Tabs } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { linkedMessage, type MessageNamed } from './message-link.ts'
import { texts } from './texts.ts'
import { Who } from './who.tsx'

type Reader = ItemOf<'listReaders'>

export function Readers(props: ScreenProps): ReactNode {
  const { address } = props
  const navigate = useNavigate()
  const said = address.query.link ?? ''
  const [link, setLink] = useState(said)
  const [problem, setProblem] = useState<string>()
  const message = useMemo(() => linkedMessage(said), [said])
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const isOne = linkedMessage(link) !== undefined
    setProblem(isOne ? undefined : texts.linkWrong)
    if (isOne) navigate(withQuery(address, { link: link.trim() }))
  }
  return (
    <div className="readers">
      <form className="readers-ask" onSubmit={submit}>
        <TextField
          label={texts.link}
          hint={texts.linkHint}
          error={problem}
          value={link}
          onChange={setLink}
          isCode
        />
        <Button type="submit" look="primary">
          {texts.ask}
        </Button>
      </form>
      {message === undefined ? (
        <p className="sm dim readers-text">{texts.readersText}</p>
      ) : (
        <Answer {...props} message={message} key={said} />
      )}
    </div>
  )
}

function Answer(props: ScreenProps & { readonly message: MessageNamed }): ReactNode {
  const { address, calls, message } = props
  const at = address.query.at === 'now' ? 'now' : 'then'
  const list = useList(calls, 'listReaders', { params: message, query: { at } })
  const head = useRead(calls, 'listReaders', { params: message, query: { at, limit: 1 } })
  const same = { ...kept(address.query), part: 'readers', link: address.query.link }
  const { data } = head
  return (
    <>
      {data === undefined ? (
        <p className="sm dim">{head.state === 'failed' ? refusalOf(head.error) : ''}</p>
      ) : (
        <dl className="facts readers-text">
          <dt>{texts.resource}</dt>
          <dd>
            <code>{data.resource}</code>
          </dd>
          <dt>{texts.written}</dt>
          <dd>
            <TimeCell at={data.message.timestampMs} />
          </dd>
          {data.message.clientId === undefined ? null : (
            <>
              <dt>{texts.author}</dt>
              <dd>
                <Who calls={calls} of={`user:${data.message.clientId}`} />
              </dd>
            </>
          )}
          <dt>{texts.knownSince}</dt>
          <dd>
            <TimeCell at={data.sinceMs} />
          </dd>
        </dl>
      )}
      <Tabs
        label={texts.which}
        current={at}
        tabs={texts.asOf.map(([key, title]) => ({
          key,
          title,
          href: adminHref('audit', [], { ...same, at: key }),
        }))}
      />
      <DataTable
        name="readers"
        label={texts.tabs.readers}
        columns={columns()}
        list={list}
        rowKey={({ subject }) => subject}
        rowName={({ name, subject }) => name ?? subject}
        empty={{ text: texts.readersEmpty }}
      />
    </>
  )
}

function columns(): readonly Column<Reader>[] {
  return [
    {
      key: 'person',
      title: texts.reader,
      width: 240,
      cell: ({ subject, name }) => (
        <PersonCell id={subject.slice(subject.indexOf(':') + 1)} name={name ?? subject} />
      ),
    },
    {
      key: 'role',
      title: texts.role,
      width: 180,
      cell: ({ role }) =>
        role === undefined ? (
          <span className="faint">–</span>
        ) : (
          <Tag title={role.title} glyph={role.glyph} tone={role.tone} />
        ),
    },
    {
      key: 'ways',
      title: texts.ways,
      width: 300,
      cell: ({ ways }) => (
        <span className="cut">{ways.map((way) => texts.wayOf[way]).join('; ')}</span>
      ),
    },
  ]
}
