// What one signs in with.

import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Outcome } from '../../ui/form-parts.tsx'
import type { SettingsProps } from './props.ts'
import { texts } from './texts.ts'
import { useForm } from './use-form.ts'

export function AccountSection(props: SettingsProps): ReactNode {
  return (
    <>
      <Email {...props} />
      <Password {...props} />
    </>
  )
}

function Email(props: SettingsProps): ReactNode {
  const form = useForm({ email: '' }, async ({ email }) => {
    await props.api.changeEmail(email.trim())
    return texts.emailSent
  })
  return (
    <form className="stack tight" aria-label={texts.email} onSubmit={form.onSubmit}>
      <h3 className="label">{texts.email}</h3>
      <p className="sm dim cut">{props.me.email}</p>
      <Field
        label={texts.newEmail}
        name="email"
        type="email"
        value={form.values.email}
        onChange={(email) => form.set({ email })}
        autoComplete="email"
        error={form.refused}
      />
      <div className="row">
        <Button type="submit" busy={form.isBusy || form.values.email.trim() === ''}>
          {texts.changeEmail}
        </Button>
      </div>
      <Outcome text={form.done} />
    </form>
  )
}

function Password(props: SettingsProps): ReactNode {
  const form = useForm({ currentPassword: '', newPassword: '' }, async (values) => {
    await props.api.changePassword(values)
    return texts.passwordChanged
  })
  const { currentPassword, newPassword } = form.values
  return (
    <form className="stack tight" aria-label={texts.password} onSubmit={form.onSubmit}>
      <h3 className="label">{texts.password}</h3>
      <Field
        label={texts.currentPassword}
        name="current-password"
        type="password"
        value={currentPassword}
        onChange={(value) => form.set({ currentPassword: value })}
        autoComplete="current-password"
        error={form.refused}
      />
      <Field
        label={texts.newPassword}
        name="new-password"
        type="password"
        value={newPassword}
        onChange={(value) => form.set({ newPassword: value })}
        autoComplete="new-password"
        hint={<p className="hint">{texts.passwordHint}</p>}
      />
      <div className="row">
        <Button type="submit" busy={form.isBusy || currentPassword === '' || newPassword === ''}>
          {texts.changePassword}
        </Button>
      </div>
      <Outcome text={form.done} />
    </form>
  )
}
