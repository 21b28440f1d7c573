// A token looked into: what it says, and what it may do now. It is sent in the body of one request and kept nowhere: not in
// the address, not among the answers that are kept, and no field offers it again.

import type { AnswerOf } from '@sayso/client/manage'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { Button } from '../../../../ui/button.tsx'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Anchor } from '../../../../ui/navigation.tsx'
import { refusalOf } from '../../../../ui/refusal.ts'
import { StateWord } from '../../form/state-word.tsx'
import { adminHref } from '../../model/address.ts'
import { texts as shared } from '../../model/texts.ts'
import type { ScreenProps } from '../../props.ts'
import { useRights } from '../../store/rights.tsx'
import { useWrite } from '../../store/use-read.ts'
import { CodeCell, TimeCell } from '../../table/cells.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { kept } from '../../view/rail.tsx'
import { Capability } from './key-sheet.tsx'
import { KeyTabs } from './key-tabs.tsx'
import { texts } from './texts.ts'

type Inspection = AnswerOf<'inspectToken'>
type Bearer = NonNullable<Inspection['bearer']>

export function TokenInspector(props: ScreenProps): ReactNode {
  const { calls } = props
  const [token, setToken] = useState('')
  const [problem, setProblem] = useState<string>()
  const [found, setFound] = useState<Inspection>()
  const [isBusy, setBusy] = useState(false)
  const inspect = async () => {
    setBusy(true)
    try {
      setFound(await calls.call('inspectToken', { body: { token: token.trim() } }))
      setProblem(undefined)
    } catch (cause) {
      setFound(undefined)
      setProblem(refusalOf(cause))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (token.trim() === '') setProblem(texts.tokenMissing)
    else if (!isBusy) void inspect()
  }
  return (
    <div className="page">
      <PageHead title={shared.screens.keys} />
      <KeyTabs address={props.address} current="tokens" />
      <div className="page-scroll token-look">
        <form className="stack" onSubmit={submit}>
          <TextField
            label={texts.token}
            hint={texts.tokenHint}
            error={problem}
            rows={4}
            isCode
            maxLength={65_536}
            value={token}
            onChange={setToken}
          />
          <div className="acts start">
            <Button type="submit" look="primary" busy={isBusy}>
              {texts.inspect}
            </Button>
          </div>
        </form>
        {found === undefined ? null : (
          <Found {...props} found={found} token={token.trim()} onChanged={() => void inspect()} />
        )}
      </div>
    </div>
  )
}

function Found(
  props: ScreenProps & {
    readonly found: Inspection
    readonly token: string
    readonly onChanged: () => void
  },
): ReactNode {
  const { found, calls, token } = props
  const { right } = useRights()
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const write = useWrite(
    () => calls.call('revokeToken', { body: { token, ...(reason === '' ? {} : { reason }) } }),
    ['listConnections'],
    () => texts.tokenRevoked,
  )
  return (
    <section className="stack" aria-label={texts.token} aria-live="polite">
      <p>
        <StateWord tone={found.valid ? 'good' : 'bad'}>
          {found.valid ? texts.valid : texts.invalid}
        </StateWord>
      </p>
      {found.why === undefined ? null : (
        <p className="sm">
          {found.why.message} <span className="dim">{found.why.remedy}</span>{' '}
          <CodeCell>{String(found.why.code)}</CodeCell>
        </p>
      )}
      {found.bearer === undefined ? null : <BearerFacts {...props} bearer={found.bearer} />}
      {found.valid && right('manage-keys').kind === 'on' ? (
        <div className="acts start">
          {found.bearer?.id === undefined ? (
            <p className="sm dim">{texts.noTokenId}</p>
          ) : (
            <Button look="danger" onClick={() => setAsking(true)}>
              {texts.revokeToken}
            </Button>
          )}
        </div>
      ) : null}
      {isAsking ? (
        <FormDialog
          title={texts.revokeTokenTitle}
          text={texts.revokeTokenText}
          confirm={texts.revokeToken}
          isDanger
          onConfirm={async () => {
            await write.run(undefined)
            props.onChanged()
          }}
          onClose={() => setAsking(false)}
        >
          <TextField label={texts.reason} value={reason} onChange={setReason} maxLength={500} />
        </FormDialog>
      ) : null}
    </section>
  )
}

function BearerFacts({ bearer, address }: ScreenProps & { readonly bearer: Bearer }): ReactNode {
  return (
    <>
      <dl className="facts">
        <dt>{texts.bearer}</dt>
        <dd>{bearer.mayBeAnyone ? texts.anyone : (bearer.clientId ?? texts.nobody)}</dd>
        <dt>{texts.signedBy}</dt>
        <dd>
          <Anchor href={adminHref('keys', [bearer.key.id], kept(address.query))}>
            {bearer.key.name}
          </Anchor>{' '}
          <span className="dim">({texts.signedWith[bearer.signedWith]})</span>
        </dd>
        <dt>{texts.issued}</dt>
        <dd>
          <TimeCell at={bearer.issuedAt} />
        </dd>
        <dt>{texts.ends}</dt>
        <dd>
          <TimeCell at={bearer.expiresAt} />
        </dd>
        {bearer.id === undefined ? null : (
          <>
            <dt>{texts.tokenId}</dt>
            <dd>
              <CodeCell>{bearer.id}</CodeCell>
            </dd>
          </>
        )}
        {bearer.addresses === undefined ? null : (
          <>
            <dt>{texts.facts.from}</dt>
            <dd>{bearer.addresses.join(', ')}</dd>
          </>
        )}
      </dl>
      <h2 className="label">{texts.says}</h2>
      {bearer.says === undefined ? (
        <p className="sm dim">{texts.saysNothing}</p>
      ) : (
        <Capability of={bearer.says} />
      )}
      {bearer.may === undefined ? null : (
        <>
          <h2 className="label">{texts.may}</h2>
          <Capability of={bearer.may} />
        </>
      )}
      <h2 className="label">{texts.now}</h2>
      {bearer.channels.length === 0 ? <p className="sm dim">{texts.nowNothing}</p> : null}
      <Capability
        of={Object.fromEntries(bearer.channels.map(({ channel, actions }) => [channel, actions]))}
      />
    </>
  )
}
