// Somebody forgot the password: a link by mail, or words on whom to ask where no mails are sent.

import type { Api } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError } from '../../ui/field.tsx'
import { Anchor } from '../../ui/navigation.tsx'
import { CheckMail } from './check-mail.tsx'
import { useForm } from './form.ts'
import { Frame } from './frame.tsx'
import { Said } from './said.tsx'
import { texts } from './texts.ts'

export function ForgotScreen(props: {
  readonly api: Api
  /** Whether this server sends mails. */
  readonly mail: boolean
}): ReactNode {
  const { api } = props
  const [sentTo, setSentTo] = useState<string>()
  const form = useForm({ email: '' }, async ({ email }) => {
    await api.askForPasswordLink(email)
    setSentTo(email)
  })
  if (sentTo !== undefined) return <CheckMail api={api} email={sentTo} about="reset" />
  if (!props.mail)
    return (
      <Said title={texts.noMailTitle} text={texts.noMailText}>
        <Anchor className="btn large" href="/login">
          {texts.backToSignIn}
        </Anchor>
      </Said>
    )
  const { refusal } = form
  return (
    <Frame corner={texts.forgot}>
      <h1>{texts.forgotTitle}</h1>
      <p className="lead dim">{texts.forgotText}</p>
      <form className="stack" onSubmit={form.onSubmit} aria-label={texts.forgotTitle}>
        <Field
          label={texts.email}
          name="email"
          type="email"
          value={form.values.email}
          onChange={(email) => form.set({ email })}
          autoComplete="username"
          error={refusal?.field === 'email' ? refusal.text : undefined}
          autoFocus
        />
        {refusal !== undefined && refusal.field !== 'email' ? (
          <div role="alert">
            <FieldError text={refusal.text} />
          </div>
        ) : null}
        <Button type="submit" look="primary" size="large wide" busy={form.isBusy}>
          {texts.forgotSend}
        </Button>
      </form>
      <p className="below sm dim">
        <Anchor className="link" href="/login">
          {texts.backToSignIn}
        </Anchor>
      </p>
    </Frame>
  )
}
