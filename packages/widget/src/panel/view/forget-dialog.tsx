// Deletes what the visitor wrote, after saying what that means.

import { useEffect, useRef } from 'preact/hooks'
import { usePanel, useSay } from './use.ts'

export function ForgetDialog({ onEnd }: { readonly onEnd: () => void }) {
  const { panel } = usePanel()
  const say = useSay()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const forget = async () => {
    onEnd()
    await panel
      .forget()
      .catch((error: Error) => panel.say(say('failed', { reason: error.message })))
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby="forget-text"
      onCancel={(event) => {
        event.preventDefault()
        onEnd()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <p id="forget-text">{say('forgetSure')}</p>
      <div class="row">
        <button type="button" class="plain" onClick={onEnd}>
          {say('cancel')}
        </button>
        <button type="button" class="danger" onClick={() => void forget()}>
          {say('forgetDo')}
        </button>
      </div>
    </dialog>
  )
}
