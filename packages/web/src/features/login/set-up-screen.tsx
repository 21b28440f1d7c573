// The first run: whoever opened the set-up link becomes the owner. The link works once.

import type { Api } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Anchor } from '../../ui/navigation.tsx'
import { type Account, AccountFields, NO_ACCOUNT } from './account-fields.tsx'
import { useForm } from './form.ts'
import { Frame } from './frame.tsx'
import { refusalOf } from './refusal.ts'
import { texts } from './texts.ts'

export function SetUpScreen(props: {
  readonly api: Api
  /** From the set-up link. */
  readonly token: string | undefined
  /** False once there is an owner: the link is over. */
  readonly needsOwner: boolean
  readonly onSignedIn: () => Promise<void>
}): ReactNode {
  const { api, token } = props
  const [isOver, setOver] = useState(false)
  const form = useForm<Account>(NO_ACCOUNT, async (account) => {
    try {
      await api.setUp({ token: token ?? '', ...account })
    } catch (cause) {
      setOver(refusalOf(cause).isLinkOver === true)
      throw cause
    }
    await props.onSignedIn()
  })
  if (isOver || !props.needsOwner) return <Ended title={texts.linkOver} text={texts.linkOverText} />
  if (token === undefined) return <Ended title={texts.noToken} text={texts.noTokenText} />
  return (
    <Frame corner={texts.firstRun}>
      <h1>{texts.ownerTitle}</h1>
      <p className="lead dim">{texts.ownerText}</p>
      <form className="stack" onSubmit={form.onSubmit} aria-label={texts.ownerTitle}>
        <AccountFields form={form} isNew />
        <p className="note sm dim">
          <Icon name="shield-check" />
          <span>{texts.ownerNote}</span>
        </p>
        {form.refusal !== undefined && form.refusal.field === undefined ? (
          <div role="alert">
            <FieldError text={form.refusal.text} />
          </div>
        ) : null}
        <Button type="submit" look="primary" size="large wide" busy={form.isBusy}>
          {texts.become}
        </Button>
      </form>
    </Frame>
  )
}

function Ended(props: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <Frame corner={texts.firstRun}>
      <h1>{props.title}</h1>
      <p className="lead dim">{props.text}</p>
      <Anchor className="btn large" href="/login">
        {texts.signIn}
      </Anchor>
    </Frame>
  )
}
