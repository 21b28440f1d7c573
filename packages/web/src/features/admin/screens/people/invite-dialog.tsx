// An invitation: for anybody who has the link, or for one e-mail; with a role on the place if one is chosen.

import { type ReactNode, useRef, useState } from 'react'
import { SelectField, TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { rolesFor } from '../../model/names.ts'
import type { ScreenProps } from '../../props.ts'
import { useRead, useWrite } from '../../store/use-read.ts'
import { LinkDialog } from './link-dialog.tsx'
import { texts } from './texts.ts'

export function InviteDialog(
  props: Pick<ScreenProps, 'calls' | 'tenant'> & { readonly onClose: () => void },
): ReactNode {
  const { calls, tenant } = props
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('')
  const [made, setMade] = useState<{ readonly url: string; readonly until: string }>()
  const isMade = useRef(false)
  const roles = useRead(calls, 'listRoles', {})
  const write = useWrite(async () => {
    const invitation = await calls.call('invite', {
      body: {
        ...(email === '' ? {} : { email }),
        ...(role === '' ? {} : { roles: [{ role, on: tenant }] }),
      },
    })
    isMade.current = true
    setMade({ url: invitation.url ?? '', until: invitation.expiresAt })
  }, ['listInvitations'])
  if (made !== undefined)
    return (
      <LinkDialog
        title={texts.invited}
        text={texts.inviteText}
        url={made.url}
        until={made.until}
        onClose={props.onClose}
      />
    )
  return (
    <FormDialog
      title={texts.inviteTitle}
      text={texts.inviteText}
      confirm={texts.invite.replace('…', '')}
      onConfirm={() => write.run(undefined)}
      onClose={() => {
        if (!isMade.current) props.onClose()
      }}
    >
      <TextField label={texts.inviteEmail} type="email" value={email} onChange={setEmail} />
      <SelectField
        label={texts.inviteRole}
        value={role}
        options={[
          { key: '', label: texts.inviteNoRole },
          ...rolesFor(roles.data?.items ?? [], tenant).map((each) => ({
            key: each.role,
            label: each.title,
          })),
        ]}
        onChange={setRole}
      />
    </FormDialog>
  )
}
