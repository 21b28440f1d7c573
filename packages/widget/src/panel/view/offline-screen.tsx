// Nobody is there: a message that is answered by e-mail.

import { useState } from 'preact/hooks'
import { isEmail } from '../model/email.ts'
import { FormField, focusFirstProblem, Problem, problemOf } from './fields.tsx'
import { usePanel, useSay } from './use.ts'
import { whenText } from './when.ts'

export function OfflineScreen() {
  const { panel, state } = usePanel()
  const say = useSay()
  const [values, setValues] = useState({ name: state.me.name ?? '', email: '', text: '' })
  const [isTried, setTried] = useState(false)
  const [sentTo, setSentTo] = useState<string>()
  const { backAtMs } = state.config.availability
  const email = problemOf({ kind: 'email', required: true }, values.email, isEmail)
  const text = problemOf({ kind: 'text', required: true }, values.text, isEmail)
  const submit = async (form: HTMLFormElement) => {
    setTried(true)
    if (email !== undefined || text !== undefined) return focusFirstProblem(form)
    const name = values.name.trim()
    try {
      await panel.leaveMessage({
        email: values.email.trim(),
        text: values.text.trim(),
        ...(name !== '' && { name }),
      })
      setSentTo(values.email.trim())
      setValues({ ...values, text: '' })
      setTried(false)
    } catch (error) {
      panel.say(say('failed', { reason: (error as Error).message }))
    }
  }
  if (sentTo !== undefined) {
    return (
      <div class="page" role="status">
        <p class="hello">{say('offlineSent', { email: sentTo })}</p>
        <button type="button" class="plain" onClick={() => setSentTo(undefined)}>
          {say('another')}
        </button>
      </div>
    )
  }
  const put = (name: keyof typeof values) => (value: string) =>
    setValues({ ...values, [name]: value })
  const shown = (problem: typeof email) =>
    isTried && problem !== undefined ? say(problem) : undefined
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      <p class="hello">
        {backAtMs !== undefined &&
          `${say('backAt', { time: whenText(backAtMs, state.spoken.tag) })}. `}
        {say('offlineHint')}
      </p>
      <FormField
        field={{ key: 'name', label: say('yourName'), kind: 'text', required: false }}
        value={values.name}
        problem={undefined}
        onValue={put('name')}
      />
      <FormField
        field={{ key: 'email', label: say('yourEmail'), kind: 'email', required: true }}
        value={values.email}
        problem={shown(email)}
        onValue={put('email')}
      />
      <div class="field">
        <label for="f-text">{say('yourMessage')}</label>
        <textarea
          id="f-text"
          rows={5}
          maxLength={8_000}
          value={values.text}
          aria-required="true"
          aria-invalid={shown(text) !== undefined}
          aria-describedby="f-text-problem"
          onInput={({ currentTarget }) => put('text')(currentTarget.value)}
        />
        <Problem id="f-text-problem" text={shown(text)} />
      </div>
      <button type="submit" class="primary">
        {say('sendMessage')}
      </button>
    </form>
  )
}
