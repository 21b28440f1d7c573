// Signing in, or making an account where that is open or one was invited.

import type { Api, InvitationLook, SessionView } from '@sayso/client'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Anchor } from '../../ui/navigation.tsx'
import { type Account, AccountFields, NO_ACCOUNT } from './account-fields.tsx'
import { CheckMail } from './check-mail.tsx'
import { type Form, useForm } from './form.ts'
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
  const { api, session } = props
  const look = useLook(props)
  const isOver = look !== undefined && look.state !== 'open' && look.state !== 'unknown'
  const invitation = isOver ? undefined : props.invitation
  const canSignUp = session.signUp === 'open' || invitation !== undefined
  const [wantsNew, setNew] = useState(props.invitation !== undefined)
  const isNew = wantsNew && canSignUp
  const [mailedTo, setMailedTo] = useState<string>()
  const form = useForm<Account>(NO_ACCOUNT, async (typed) => {
    const account = isNew ? { ...typed, email: typed.email || (look?.email ?? '') } : typed
    if (isNew) {
      const invited = invitation === undefined ? {} : { invitation }
      const { signedIn } = await api.signUp({ ...account, ...invited })
      if (!signedIn) return setMailedTo(account.email)
    } else await api.signIn({ email: account.email, password: account.password })
    await props.onSignedIn()
  })
  if (mailedTo !== undefined) return <CheckMail api={api} email={mailedTo} about="confirm" />
  const label = isNew ? texts.signUp : texts.signIn
  return (
    <Frame corner={label}>
      <h1>{session.title}</h1>
      <p className="lead dim">{leadOf(isNew, invitation !== undefined, look)}</p>
      <Providers {...props} />
      <form className="stack" onSubmit={form.onSubmit} aria-label={label}>
        <AccountFields
          key={`${label} ${look?.email ?? ''}`}
          form={withEmail(form, isNew ? look?.email : undefined)}
          isNew={isNew}
          names={session.names}
        />
        {isNew ? null : (
          <p className="beneath sm">
            <Anchor className="link" href="/forgot">
              {texts.forgot}
            </Anchor>
          </p>
        )}
        <Refused form={form} onSendAgain={() => setMailedTo(form.values.email)} api={api} />
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

/** What the invitation in the address is worth; undefined until that is known. */
function useLook({ api, invitation }: SignInProps): InvitationLook | undefined {
  const [look, setLook] = useState<InvitationLook>()
  useEffect(() => {
    if (invitation === undefined) return
    // Not reached: the form says so when it is sent.
    api.lookAtInvitation(invitation).then(setLook, () => undefined)
  }, [api, invitation])
  return look
}

/** The address an invitation was sent to stands in the form until another is typed. */
function withEmail(form: Form<Account>, email: string | undefined): Form<Account> {
  if (email === undefined || form.values.email !== '') return form
  return { ...form, values: { ...form.values, email } }
}

function Refused(props: {
  readonly form: Form<Account>
  readonly api: Api
  readonly onSendAgain: () => void
}): ReactNode {
  const { refusal, values } = props.form
  if (refusal === undefined || refusal.field !== undefined) return null
  const sendAgain = () => {
    props.api.askToConfirm(values.email).then(props.onSendAgain, () => undefined)
  }
  return (
    <div role="alert">
      <FieldError text={refusal.text} />
      {refusal.isUnconfirmed === true ? (
        <p className="beneath sm dim">
          {texts.confirmFirst}{' '}
          <button type="button" className="link" onClick={sendAgain}>
            {texts.sendAgain}
          </button>
        </p>
      ) : null}
    </div>
  )
}

function leadOf(isNew: boolean, isInvited: boolean, look: InvitationLook | undefined): string {
  if (look?.state === 'used' || look?.state === 'revoked' || look?.state === 'ended')
    return texts.invitationOver[look.state]
  if (!isNew) return texts.pickUp
  if (look?.by !== undefined) return texts.invitedBy(look.by)
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
        {failure === undefined ? null : <FieldError text={texts.providerClosed} />}
      </div>
      <p className="or xs faint">{texts.orWithEmail}</p>
    </>
  )
}
