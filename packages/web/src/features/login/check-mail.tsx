// A mail is on its way: what to do until it comes, and what if it does not.

import type { Api } from '@sayso/client'
import { type ReactNode, useState } from 'react'
import { Anchor } from '../../ui/navigation.tsx'
import { Frame } from './frame.tsx'
import { texts } from './texts.ts'

export function CheckMail(props: {
  readonly api: Api
  readonly email: string
  /** A link to a new password, or to confirm an address. */
  readonly about: 'reset' | 'confirm'
}): ReactNode {
  const { api, email, about } = props
  const [wasSent, setSent] = useState(false)
  const again = () => {
    const asked = about === 'reset' ? api.askForPasswordLink(email) : api.askToConfirm(email)
    // Too soon or not reached: the mail that is on its way is what counts.
    asked.then(
      () => setSent(true),
      () => undefined,
    )
  }
  return (
    <Frame corner={texts.checkTitle}>
      <h1>{texts.checkTitle}</h1>
      <p className="lead dim">
        {about === 'reset' ? texts.checkReset(email) : texts.checkConfirm(email)}
      </p>
      <div className="ways">
        <Anchor className="btn large" href="/login">
          {texts.backToSignIn}
        </Anchor>
      </div>
      <p className="below sm dim" role="status">
        {wasSent ? (
          texts.sentAgain
        ) : (
          <>
            {texts.checkAgain}{' '}
            <button type="button" className="link" onClick={again}>
              {texts.sendAgain}
            </button>
            .
          </>
        )}
      </p>
    </Frame>
  )
}
