// Inviting somebody to the desk: with the role they have from the start, by a link or by e-mail.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { SecretDialog } from '../../../ui/secret-dialog.tsx'
import { setupTexts } from '../model/texts-setup.ts'
import { useDesk } from '../store/desk-context.tsx'

export function InviteDialog(props: { readonly onClose: () => void }): ReactNode {
  const { calls, tenant } = useDesk()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('')
  const [link, setLink] = useState<string>()
  const isMade = useRef(false)
  const { team } = setupTexts
  // Whoever may not read roles invites without one.
  const roles = useQuery({ queryKey: ['desk-roles'], queryFn: () => calls.tenantRoles() })
  if (link !== undefined)
    return (
      <SecretDialog
        title={team.inviteTitle}
        text={role === '' ? team.inviteText : team.inviteRoleText}
        label={team.link}
        secret={link}
        onClose={props.onClose}
      />
    )
  return (
    <FormDialog
      title={team.inviteSomebody}
      text={team.inviteHint}
      confirm={team.inviteConfirm}
      onConfirm={async () => {
        const made = await calls.invite({
          ...(email === '' ? {} : { email }),
          ...(role === '' ? {} : { roles: [{ role, on: `tenant:${tenant}` }] }),
        })
        isMade.current = true
        setLink(made.url ?? '')
      }}
      onClose={() => {
        if (!isMade.current) props.onClose()
      }}
    >
      <SelectField
        label={team.inviteRole}
        value={role}
        options={[
          { key: '', label: team.inviteNoRole },
          ...(roles.data ?? []).map((each) => ({ key: each.role, label: each.title })),
        ]}
        onChange={setRole}
      />
      <TextField label={team.inviteEmail} type="email" value={email} onChange={setEmail} />
    </FormDialog>
  )
}
