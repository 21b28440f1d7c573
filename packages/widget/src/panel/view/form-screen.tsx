// What the owner asks before a conversation begins.

import { useState } from 'preact/hooks'
import { isEmail } from '../model/email.ts'
import { FormField, focusFirstProblem, Problem, problemOf } from './fields.tsx'
import { Linked } from './linked.tsx'
import { usePanel, useSay } from './use.ts'

export function FormScreen() {
  const { panel, state } = usePanel()
  const say = useSay()
  const { fields = [], consent } = state.config.form ?? {}
  const [values, setValues] = useState<Readonly<Record<string, string>>>({
    ...(state.me.name !== undefined && { name: state.me.name }),
  })
  const [isAgreed, setAgreed] = useState(false)
  const [isTried, setTried] = useState(false)
  const problems = fields.map((field) => problemOf(field, values[field.key] ?? '', isEmail))
  const isRefused = consent?.required === true && !isAgreed
  const submit = (form: HTMLFormElement) => {
    setTried(true)
    if (isRefused || problems.some((each) => each !== undefined)) return focusFirstProblem(form)
    const given = Object.entries(values).filter(([, value]) => value.trim() !== '')
    panel.begin({
      form: Object.fromEntries(given.map(([key, value]) => [key, value.trim()])),
      ...(consent !== undefined && { consent: isAgreed }),
    })
  }
  return (
    <form
      class="page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <p class="hello">{say('hello')}</p>
      {fields.map((field, index) => {
        const problem = isTried ? problems[index] : undefined
        return (
          <FormField
            key={field.key}
            field={field}
            value={values[field.key] ?? ''}
            problem={problem && say(problem)}
            onValue={(value) => setValues({ ...values, [field.key]: value })}
          />
        )
      })}
      {consent !== undefined && (
        <div class="field">
          <label class="tick">
            <input
              type="checkbox"
              checked={isAgreed}
              aria-invalid={isTried && isRefused}
              aria-describedby="consent-problem"
              onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
            />
            <span>
              <Linked text={consent.text} />
            </span>
          </label>
          <Problem
            id="consent-problem"
            text={isTried && isRefused ? say('consentNeeded') : undefined}
          />
        </div>
      )}
      <button type="submit" class="primary">
        {say('begin')}
      </button>
    </form>
  )
}
