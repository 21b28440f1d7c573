// Confirming an e-mail, by the link that was mailed there.

import type { Api } from '@sayso/client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Anchor } from '../../ui/navigation.tsx'
import { Frame } from './frame.tsx'
import { refusalOf } from './refusal.ts'
import { Said } from './said.tsx'
import { texts } from './texts.ts'

type State = { readonly kind: 'working' | 'confirmed' } | { readonly kind: 'refused'; text: string }

export function ConfirmScreen(props: {
  readonly api: Api
  readonly token: string | undefined
  readonly onConfirmed: () => Promise<void>
}): ReactNode {
  const state = useConfirmation(props)
  if (state.kind === 'working')
    return (
      <Frame corner="">
        <h1 aria-busy="true">{texts.confirming}</h1>
      </Frame>
    )
  if (state.kind === 'refused')
    return (
      <Said title={texts.linkEnded} text={state.text}>
        <Anchor className="btn large" href="/login">
          {texts.backToSignIn}
        </Anchor>
      </Said>
    )
  return (
    <Said title={texts.confirmed} text={texts.confirmedText}>
      <Anchor className="btn primary large" href="/chat" replace>
        {texts.goOn}
      </Anchor>
    </Said>
  )
}

function useConfirmation(props: Parameters<typeof ConfirmScreen>[0]): State {
  const { api, token, onConfirmed } = props
  const [state, setState] = useState<State>(
    token === undefined ? { kind: 'refused', text: texts.linkPartText } : { kind: 'working' },
  )
  // The link works once: not a second time because the page was drawn twice.
  const asked = useRef<string>(undefined)
  useEffect(() => {
    if (token === undefined || asked.current === token) return
    asked.current = token
    api.confirmEmail(token).then(
      () => {
        setState({ kind: 'confirmed' })
        return onConfirmed()
      },
      (cause: unknown) => setState({ kind: 'refused', text: refusalOf(cause).text }),
    )
  }, [api, token, onConfirmed])
  return state
}
