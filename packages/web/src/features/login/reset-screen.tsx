// Choosing a new password, by the link that came in a mail or by hand. It works once.

import type { Api } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError } from '../../ui/field.tsx'
import { Anchor } from '../../ui/navigation.tsx'
import { Meter } from './account-fields.tsx'
import { useForm } from './form.ts'
import { Frame } from './frame.tsx'
import { Said } from './said.tsx'
import { texts } from './texts.ts'

export function ResetScreen(props: {
  readonly api: Api
  readonly token: string | undefined
  /** Whoever was signed in here is not any more. */
  readonly onChanged: () => Promise<void>
}): ReactNode {
  const { api, token } = props
  const [isDone, setDone] = useState(false)
  const form = useForm({ password: '' }, async ({ password }) => {
    await api.choosePassword({ token: token ?? '', newPassword: password })
    setDone(true)
    await props.onChanged()
  })
  const { refusal } = form
  if (isDone)
    return (
      <Said title={texts.resetDone} text={texts.resetDoneText}>
        <Anchor className="btn primary large" href="/login" replace>
          {texts.signIn}
        </Anchor>
      </Said>
    )
  if (token === undefined || refusal?.isLinkOver === true)
    return <LinkOver isPart={token === undefined} />
  return (
    <Frame corner={texts.resetTitle}>
      <h1>{texts.resetTitle}</h1>
      <p className="lead dim">{texts.resetText}</p>
      <form className="stack" onSubmit={form.onSubmit} aria-label={texts.resetTitle}>
        <Field
          label={texts.newPassword}
          name="password"
          type="password"
          value={form.values.password}
          onChange={(password) => form.set({ password })}
          autoComplete="new-password"
          error={refusal?.field === 'password' ? refusal.text : undefined}
          hint={<Meter name="" email="" password={form.values.password} />}
          autoFocus
        />
        {refusal !== undefined && refusal.field !== 'password' ? (
          <div role="alert">
            <FieldError text={refusal.text} />
          </div>
        ) : null}
        <Button type="submit" look="primary" size="large wide" busy={form.isBusy}>
          {texts.resetSave}
        </Button>
      </form>
    </Frame>
  )
}

/** The link is used up, too old, or was cut short on its way. */
function LinkOver(props: { readonly isPart: boolean }): ReactNode {
  const [title, text] = props.isPart
    ? [texts.linkPart, texts.linkPartText]
    : [texts.linkEnded, texts.linkEndedText]
  return (
    <Said title={title} text={text}>
      <Anchor className="btn primary large" href="/forgot">
        {texts.newLink}
      </Anchor>
    </Said>
  )
}
