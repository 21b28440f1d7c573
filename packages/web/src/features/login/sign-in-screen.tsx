// Signing in, or making an account where that is open or one was invited.

import type { Api, SessionView } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { type Account, AccountFields, NO_ACCOUNT } from './account-fields.tsx'
import { useForm } from './form.ts'
import { Frame } from './frame.tsx'
import { ProviderMark } from './provider-mark.tsx'
import { texts } from './texts.ts'

export type SignInProps = {
  readonly api: Api
  readonly session: SessionView
  /** From the invitation's address. */
  readonly invitation: string | undefined
  /** Where to go when signed in: a path of ours. */
  readonly next: string
  readonly onSignedIn: () => Promise<void>
}

export function SignInScreen(props: SignInProps): ReactNode {
  const { api, session, invitation } = props
  const canSignUp = session.signUp === 'open' || invitation !== undefined
  const [isNew, setNew] = useState(invitation !== undefined)
  const form = useForm<Account>(NO_ACCOUNT, async (account) => {
    if (isNew) await api.signUp({ ...account, ...(invitation === undefined ? {} : { invitation }) })
    else await api.signIn({ email: account.email, password: account.password })
    await props.onSignedIn()
  })
  const label = isNew ? texts.signUp : texts.signIn
  return (
    <Frame corner={label}>
      <h1>{session.title}</h1>
      <p className="lead dim">{leadOf(isNew, invitation !== undefined)}</p>
      <Providers {...props} />
      <form className="stack" onSubmit={form.onSubmit} aria-label={label}>
        <AccountFields key={label} form={form} isNew={isNew} />
        {form.refusal !== undefined && form.refusal.field === undefined ? (
          <div role="alert">
            <FieldError text={form.refusal.text} />
          </div>
        ) : null}
        <Button type="submit" look="primary" size="large wide" busy={form.isBusy}>
          {label}
        </Button>
      </form>
      {canSignUp ? (
        <p className="below sm dim">
          {isNew ? texts.haveOne : texts.newHere}{' '}
          <button type="button" className="link" onClick={() => setNew(!isNew)}>
            {isNew ? texts.signIn : texts.signUp}
          </button>
        </p>
      ) : (
        <p className="below sm dim">{texts.noAccount}</p>
      )}
    </Frame>
  )
}

function leadOf(isNew: boolean, isInvited: boolean): string {
  if (!isNew) return texts.pickUp
  return isInvited ? texts.invited : texts.joinIn
}

function Providers(props: SignInProps): ReactNode {
  const { providers } = props.session
  const [failure, setFailure] = useState<string>()
  if (providers.length === 0) return null
  const go = async (id: string) => {
    try {
      location.assign(await props.api.providerUrl(id, props.next))
    } catch {
      setFailure(id)
    }
  }
  return (
    <>
      <div className="stack tight">
        {providers.map((provider) => (
          <Button key={provider.id} size="large wide" onClick={() => void go(provider.id)}>
            <ProviderMark id={provider.id} />
            {texts.continueWith(provider.title)}
          </Button>
        ))}
        {failure === undefined ? null : (
          <FieldError text="This way is not open just now. Try again, or use another." />
        )}
      </div>
      <p className="or xs faint">{texts.orWithEmail}</p>
    </>
  )
}
