// Canned replies: for everybody to read, for whoever manages the desk to write.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Ask } from '../../../ui/ask.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf, Unfit } from '../../../ui/refusal.ts'
import { VARIABLES } from '../model/replies.ts'
import type { CannedReply } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useDeskRights } from '../store/rights.ts'
import { useTeams } from '../store/use-teams.ts'
import type { PartProps } from '../view/part-props.ts'
import { DeskPage, Unread } from './page.tsx'

export function Replies(_props: PartProps): ReactNode {
  const { calls, tenant } = useDesk()
  const say = useSay()
  const isManager = useDeskRights(tenant).may('manage-desk')
  const [edited, setEdited] = useState<CannedReply | 'new'>()
  const [dropped, setDropped] = useState<CannedReply>()
  const found = useQuery({
    queryKey: ['desk-replies', tenant],
    queryFn: () => calls.replies(tenant),
  })
  const again = () => void found.refetch()
  const items = found.data?.items ?? []
  const make = (
    <Button look="primary" icon="plus" onClick={() => setEdited('new')}>
      {texts.replies.make}
    </Button>
  )
  return (
    <DeskPage
      title={texts.screens.replies}
      about={texts.replies.about}
      acts={isManager ? make : undefined}
    >
      <Unread isPending={found.isPending} error={found.error} again={again} />
      {found.data !== undefined && items.length === 0 ? (
        <p className="empty dim">{texts.replies.none}</p>
      ) : null}
      <ul className="reply-rows">
        {items.map((one) => (
          <li key={one.id}>
            <code className="strong">/{one.shortcut}</code>
            <p className="grow sm reply-text">{one.text}</p>
            {isManager ? (
              <>
                <IconButton
                  icon="pencil"
                  label={texts.replies.edit(one.shortcut)}
                  onClick={() => setEdited(one)}
                />
                <IconButton
                  icon="trash"
                  className="dangerous"
                  label={texts.replies.remove(one.shortcut)}
                  onClick={() => setDropped(one)}
                />
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {edited === undefined ? null : (
        <ReplyDialog
          reply={edited === 'new' ? undefined : edited}
          onChanged={again}
          onClose={() => setEdited(undefined)}
        />
      )}
      {dropped === undefined ? null : (
        <Ask
          title={texts.replies.removeTitle(dropped.shortcut)}
          consequence={texts.replies.removeText}
          quoted={dropped.text}
          confirm={texts.replies.removeConfirm}
          onConfirm={() =>
            void calls
              .dropReply(dropped.id)
              .then(again, (cause: unknown) =>
                say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) }),
              )
          }
          onClose={() => setDropped(undefined)}
        />
      )}
    </DeskPage>
  )
}

const SHORTCUT = /^[\p{L}\p{N}_-]{1,32}$/u

function ReplyDialog(props: {
  readonly reply: CannedReply | undefined
  readonly onChanged: () => void
  readonly onClose: () => void
}): ReactNode {
  const { reply } = props
  const { calls, tenant } = useDesk()
  const teams = useTeams()
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const [team, setTeam] = useState(reply?.team ?? '')
  return (
    <FormDialog
      title={reply === undefined ? texts.replies.make : texts.replies.edit(reply.shortcut)}
      confirm={texts.save}
      isWide
      onConfirm={async () => {
        if (!SHORTCUT.test(shortcut)) throw new Unfit(texts.replies.shortcutUnfit)
        if (text.trim() === '') throw new Unfit(texts.replies.textUnfit)
        const said = { shortcut, text: text.trim(), ...(team === '' ? {} : { team }) }
        if (reply === undefined) await calls.makeReply(tenant, said)
        else await calls.putReply(reply.id, said)
        props.onChanged()
      }}
      onClose={props.onClose}
    >
      <TextField
        label={texts.replies.shortcut}
        hint={texts.replies.shortcutHint}
        value={shortcut}
        onChange={setShortcut}
        isCode
        isRequired
        maxLength={32}
      />
      <TextField
        label={texts.replies.text}
        hint={texts.replies.variables(VARIABLES.map((one) => `{${one}}`).join(' '))}
        value={text}
        onChange={setText}
        rows={6}
        isRequired
        maxLength={8_000}
      />
      {teams.length === 0 ? null : (
        <SelectField
          label={texts.replies.team}
          value={team}
          options={[
            { key: '', label: texts.replies.everybody },
            ...teams.map(({ key, title }) => ({ key, label: title })),
          ]}
          onChange={setTeam}
        />
      )}
    </FormDialog>
  )
}
