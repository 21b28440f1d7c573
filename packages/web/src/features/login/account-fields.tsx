// The fields of an account, shared by signing in, making an account and the first run.

import type { ReactNode } from 'react'
import { Field } from '../../ui/field.tsx'
import type { Form } from './form.ts'
import { strengthOf } from './password.ts'
import { texts } from './texts.ts'

export type Account = { readonly name: string; readonly email: string; readonly password: string }

export const NO_ACCOUNT: Account = { name: '', email: '', password: '' }

export function AccountFields(props: {
  readonly form: Form<Account>
  /** A new account: with a name, and a password that is judged. */
  readonly isNew: boolean
  /** Whether a name may stand in place of the e-mail, to sign in by. */
  readonly names?: boolean
}): ReactNode {
  const { form, isNew } = props
  const byName = props.names === true && !isNew
  const errorOf = (field: keyof Account) =>
    form.refusal?.field === field ? form.refusal.text : undefined
  return (
    <>
      {isNew ? (
        <Field
          label={texts.name}
          name="name"
          value={form.values.name}
          onChange={(name) => form.set({ name })}
          autoComplete="name"
          error={errorOf('name')}
          maxLength={80}
          autoFocus
        />
      ) : null}
      <Field
        label={byName ? texts.emailOrName : texts.email}
        name="email"
        type={byName ? 'name' : 'email'}
        value={form.values.email}
        onChange={(email) => form.set({ email })}
        autoComplete="username"
        error={errorOf('email')}
        autoFocus={!isNew}
      />
      <Field
        label={texts.password}
        name="password"
        type="password"
        value={form.values.password}
        onChange={(password) => form.set({ password })}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        error={errorOf('password')}
        hint={isNew ? <Meter {...form.values} /> : undefined}
      />
    </>
  )
}

/** How strong a password is, while it is typed. */
export function Meter(props: Account): ReactNode {
  const strength = strengthOf(props.password, [props.name, props.email])
  return (
    <>
      <span className="meter" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} className={bar <= strength.bars ? `on${strength.bars}` : ''} />
        ))}
      </span>
      <span className="hint" role="status">
        {strength.words}
      </span>
    </>
  )
}
