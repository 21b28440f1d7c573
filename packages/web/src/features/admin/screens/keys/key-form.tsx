// A key made or changed: its terms at the left, what they cover at the right.

import type { RequestOf } from '@sayso/client/manage'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { ErrorSummary, type FormErrors } from '../../../../ui/error-summary.tsx'
import { CheckField, SelectField, TextField } from '../../../../ui/fields.tsx'
import { formTexts } from '../../../../ui/form-texts.ts'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { SecretDialog } from '../../../../ui/secret-dialog.tsx'
import { useUnsaved } from '../../../../ui/unsaved.tsx'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useWrite } from '../../store/use-read.ts'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { PermissionMatrix } from './matrix.tsx'
import { bodyOf, draftOf, errorsOf, type Key, type KeyDraft, NEW_KEY } from './model.ts'
import { KeyPreview } from './preview.tsx'
import { texts } from './texts.ts'

type Secret = { readonly id: string; readonly name: string; readonly key: string }

/** @param known the key that is changed; absent: a new one */
export function KeyForm(props: ScreenProps & { readonly known?: Key | undefined }): ReactNode {
  const { calls, known, address } = props
  const navigate = useNavigate()
  const [before] = useState(() => (known === undefined ? NEW_KEY : draftOf(known)))
  const [draft, setDraft] = useState(before)
  const [errors, setErrors] = useState<FormErrors>({})
  const [secret, setSecret] = useState<Secret>()
  const [isSaved, setSaved] = useState(false)
  useUnsaved(!isSaved && JSON.stringify(draft) !== JSON.stringify(before))
  const back = adminHref('keys', [], kept(address.query))
  const write = useWrite(
    async (body: RequestOf<'createKey'>['body']) => {
      if (known !== undefined) return calls.call('editKey', { params: { id: known.id }, body })
      const made = await calls.call('createKey', { body })
      setSecret(made)
      return made
    },
    ['listKeys', 'readKey'],
    ({ name }) => (known === undefined ? texts.made(name) : texts.changed(name)),
  )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const found = errorsOf(draft, Date.now(), texts)
    setErrors(found)
    if (Object.keys(found).length > 0 || write.isBusy) return
    write.run(bodyOf(draft)).then(
      () => {
        setSaved(true)
        if (known !== undefined) navigate(adminHref('keys', [known.id], kept(address.query)))
      },
      (cause: unknown) => setErrors({ 'key-name': refusalOf(cause) }),
    )
  }
  return (
    <div className="page">
      <PageHead
        title={known === undefined ? texts.createTitle : texts.editTitle(known.name)}
        back={{ href: back, label: texts.back }}
      />
      <div className="page-scroll key-edit">
        <form className="stack" onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} />
          <Terms draft={draft} errors={errors} onChange={setDraft} />
          <div className="acts start">
            <Button type="submit" look="primary" busy={write.isBusy}>
              {known === undefined ? texts.create : shared.save}
            </Button>
            <Button onClick={() => navigate(back)}>{formTexts.cancel}</Button>
          </div>
        </form>
        <KeyPreview calls={calls} draft={draft} keyId={known?.id} />
      </div>
      {secret === undefined ? null : (
        <SecretDialog
          title={texts.secretTitle(secret.name)}
          text={texts.secretText}
          label={texts.secretLabel}
          secret={secret.key}
          onClose={() => navigate(adminHref('keys', [secret.id], kept(address.query)))}
        />
      )}
    </div>
  )
}

type TermsProps = {
  readonly draft: KeyDraft
  readonly errors: FormErrors
  readonly onChange: (draft: KeyDraft) => void
}

function Terms({ draft, errors, onChange }: TermsProps): ReactNode {
  const put = (some: Partial<KeyDraft>) => onChange({ ...draft, ...some })
  return (
    <>
      <TextField
        id="key-name"
        label={texts.name}
        hint={texts.nameHint}
        value={draft.name}
        error={errors['key-name']}
        maxLength={64}
        isRequired
        onChange={(name) => put({ name })}
      />
      <Kind draft={draft} errors={errors} onChange={onChange} />
      {draft.isZeroTrust ? null : (
        <PermissionMatrix
          id="key-lines"
          label={texts.matrix}
          lines={draft.lines}
          error={errors['key-lines']}
          onChange={(lines) => put({ lines })}
        />
      )}
      <SelectField
        label={texts.delegation}
        value={draft.delegation}
        options={(['own', 'everything', 'some'] as const).map((key) => ({
          key,
          label: texts.delegations[key],
        }))}
        onChange={(delegation) =>
          put({
            delegation,
            ...(delegation === 'some' && draft.delegated.length === 0
              ? { delegated: [{ id: 0, pattern: '', actions: ['subscribe'] }] }
              : {}),
          })
        }
      />
      {draft.delegation === 'some' ? (
        <PermissionMatrix
          id="key-delegated"
          label={texts.delegation}
          lines={draft.delegated}
          error={errors['key-delegated']}
          onChange={(delegated) => put({ delegated })}
        />
      ) : null}
      <TextField
        id="key-expires"
        label={texts.expires}
        hint={texts.expiresHint}
        type="datetime-local"
        value={draft.expires}
        error={errors['key-expires']}
        onChange={(expires) => put({ expires })}
      />
      <MoreTerms draft={draft} errors={errors} onChange={onChange} />
    </>
  )
}

function Kind({ draft, onChange }: TermsProps): ReactNode {
  const kinds = [
    { isZero: false, label: texts.withPermissions, hint: texts.withPermissionsHint },
    { isZero: true, label: texts.zeroTrust, hint: texts.zeroTrustHint },
  ]
  return (
    <fieldset className="checks">
      <legend className="label">{texts.kind}</legend>
      {kinds.map(({ isZero, label, hint }) => (
        <label key={label} className="check-field">
          <input
            type="radio"
            name="key-kind"
            checked={draft.isZeroTrust === isZero}
            onChange={() =>
              onChange({
                ...draft,
                isZeroTrust: isZero,
                ...(isZero && draft.delegation === 'own'
                  ? { delegation: 'some' as const, delegated: draft.lines }
                  : {}),
              })
            }
          />
          <span>
            {label}
            <span className="hint"> {hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function MoreTerms({ draft, onChange }: TermsProps): ReactNode {
  const put = (some: Partial<KeyDraft>) => onChange({ ...draft, ...some })
  return (
    <details className="key-more">
      <summary className="label">{texts.more}</summary>
      <div className="stack">
        <SelectField
          label={texts.match}
          value={draft.match}
          options={(['union', 'most_specific'] as const).map((key) => ({
            key,
            label: texts.matches[key],
          }))}
          onChange={(match) => put({ match })}
        />
        <CheckField
          label={texts.admin}
          isOn={draft.isAdmin}
          onChange={(isAdmin) => put({ isAdmin })}
        />
        <CheckField
          label={texts.decisions}
          isOn={draft.asksDecisions}
          onChange={(asksDecisions) => put({ asksDecisions })}
        />
        <CheckField
          label={texts.revocable}
          isOn={draft.isRevocable}
          onChange={(isRevocable) => put({ isRevocable })}
        />
        <TextField
          label={texts.tenant}
          hint={texts.tenantHint}
          value={draft.tenant}
          isCode
          maxLength={64}
          onChange={(tenant) => put({ tenant })}
        />
        <TextField
          label={texts.addresses}
          hint={texts.addressesHint}
          value={draft.addresses}
          rows={3}
          isCode
          onChange={(addresses) => put({ addresses })}
        />
      </div>
    </details>
  )
}
