// Taking one's data along, and deleting one's account.

import { ApiError, type ErasureTermsView } from '@sayso/client'
import { type ReactNode, type SubmitEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError } from '../../ui/field.tsx'
import { Choice, Outcome } from '../../ui/form-parts.tsx'
import { spokenLanguage } from '../../ui/words.ts'
import { BlockedPeople } from './blocked-people.tsx'
import { saveFile } from './fetched-file.ts'
import { privacyTexts as texts } from './privacy-texts.ts'
import type { SettingsProps } from './props.ts'
import { texts as common } from './texts.ts'
import { refusalOf } from './use-form.ts'

export function PrivacySection(props: SettingsProps): ReactNode {
  return (
    <>
      <BlockedPeople api={props.api} />
      <Export />
      <Erase {...props} />
    </>
  )
}

type Fetching = { readonly bytes: number; readonly stop: () => void }

function Export(): ReactNode {
  const [fetching, setFetching] = useState<Fetching>()
  const [done, setDone] = useState<string>()
  const [failed, setFailed] = useState(false)
  const start = async () => {
    const control = new AbortController()
    const stop = () => control.abort()
    setDone(undefined)
    setFailed(false)
    setFetching({ bytes: 0, stop })
    try {
      const bytes = await saveFile(
        '/api/v1/me/export',
        (soFar) => setFetching({ bytes: soFar, stop }),
        control.signal,
      )
      setDone(texts.export.done(sizeOf(bytes)))
    } catch {
      setFailed(!control.signal.aborted)
    }
    setFetching(undefined)
  }
  return (
    <section className="stack tight" aria-label={texts.export.title}>
      <h3 className="label">{texts.export.title}</h3>
      <p className="sm dim">{texts.export.about}</p>
      <div className="row wrap">
        {/* One button, so that the focus stays where it is. */}
        <Button onClick={fetching === undefined ? () => void start() : fetching.stop}>
          {fetching === undefined ? texts.export.start : texts.export.stop}
        </Button>
        {fetching === undefined ? null : (
          <span className="sm dim">{texts.export.running(sizeOf(fetching.bytes))}</span>
        )}
      </div>
      {failed ? <FieldError text={texts.export.failed} /> : null}
      <Outcome text={done} />
    </section>
  )
}

function Erase(props: SettingsProps): ReactNode {
  const { api } = props
  const [terms, setTerms] = useState<ErasureTermsView>()
  const [refused, setRefused] = useState<string>()
  const load = useCallback(async () => {
    try {
      setTerms(await api.erasureTerms())
      setRefused(undefined)
    } catch (cause) {
      setRefused(refusalOf(cause))
    }
  }, [api])
  useEffect(() => void load(), [load])
  const obstacle = terms === undefined ? undefined : obstacleIn(terms)
  return (
    <section className="stack tight" aria-label={texts.erase.title}>
      <h3 className="label">{texts.erase.title}</h3>
      <p className="sm dim">{texts.erase.about}</p>
      {refused === undefined ? null : (
        <>
          <FieldError text={refused} />
          <div>
            <Button onClick={() => void load()}>{common.tryAgain}</Button>
          </div>
        </>
      )}
      {obstacle === undefined ? null : <p className="sm strong">{obstacle}</p>}
      {terms === undefined || obstacle !== undefined ? null : (
        <EraseForm {...props} terms={terms} />
      )}
    </section>
  )
}

function obstacleIn({ obstacle, confirmBy, recent }: ErasureTermsView): string | undefined {
  if (obstacle === 'last-owner') return texts.erase.lastOwner
  if (obstacle === 'users-file') return texts.erase.usersFile
  return confirmBy === 'password' || recent ? undefined : texts.erase.signInAgain
}

type Wrong = { readonly name?: string; readonly password?: string; readonly other?: string }

function EraseForm(props: SettingsProps & { readonly terms: ErasureTermsView }): ReactNode {
  const { api, me, terms } = props
  const form = useRef<HTMLFormElement>(null)
  const [messages, setMessages] = useState(terms.messages)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Wrong>({})
  const hasPassword = terms.confirmBy === 'password'
  const refuse = (next: Wrong) => {
    setWrong(next)
    const field = next.name === undefined ? 'erase-password' : 'erase-name'
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
  }
  const submit = async () => {
    if (name.trim() !== me.name.trim()) return refuse({ name: texts.erase.nameWrong })
    setBusy(true)
    setWrong({})
    try {
      await api.eraseAccount({ messages, ...(hasPassword && { password }) })
      forgetHere(me.id)
      window.location.assign('/')
    } catch (cause) {
      setBusy(false)
      const isPassword = cause instanceof ApiError && cause.code === 'confirmation_wrong'
      if (isPassword && hasPassword) refuse({ password: texts.erase.wrongPassword })
      else setWrong({ other: refusalOf(cause) })
    }
  }
  return (
    <form
      ref={form}
      className="stack tight"
      aria-label={texts.erase.title}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault()
        if (!isBusy) void submit()
      }}
    >
      <Choice
        tall
        title={texts.erase.messages}
        value={messages}
        options={[
          { key: 'keep', label: texts.erase.keep },
          { key: 'delete', label: texts.erase.delete },
        ]}
        onChange={setMessages}
      />
      <p className="hint">{messages === 'keep' ? texts.erase.keepHint : texts.erase.deleteHint}</p>
      <Field
        label={texts.erase.confirmName(me.name)}
        name="erase-name"
        value={name}
        onChange={setName}
        autoComplete="off"
        error={wrong.name}
      />
      {hasPassword ? (
        <Field
          label={texts.erase.password}
          name="erase-password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={wrong.password}
        />
      ) : null}
      {wrong.other === undefined ? null : <FieldError text={wrong.other} />}
      <div className="row">
        <Button type="submit" look="danger filled" busy={isBusy}>
          {isBusy ? texts.erase.running : texts.erase.submit}
        </Button>
      </div>
    </form>
  )
}

/** What this device keeps for somebody goes with them. */
function forgetHere(person: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(`sayso.${person}.`)) localStorage.removeItem(key)
  } catch {
    // Storage is closed: then there is nothing in it.
  }
}

function sizeOf(bytes: number): string {
  const isSmall = bytes < 1_000_000
  return new Intl.NumberFormat(spokenLanguage(), {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: isSmall ? 0 : 1,
  }).format(bytes / (isSmall ? 1_000 : 1_000_000))
}
