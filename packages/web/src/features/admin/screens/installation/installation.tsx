// How the server is set up: read only, as variables of its environment say it; and its backups.

import '../../styles/setup.css'
import { type AnswerOf, manage } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { refusalOf } from '../../../../ui/refusal.ts'
import { spokenLanguage } from '../../../../ui/words.ts'
import { StateWord, type Tone } from '../../form/state-word.tsx'
import { texts as shared } from '../../model/texts.ts'
import { useRead } from '../../store/use-read.ts'
import { TimeCell } from '../../table/cells.tsx'
import { PageHead } from '../../view/page-head.tsx'
import { Backups } from './backups.tsx'
import { bytesText } from './bytes.ts'
import { texts } from './texts.ts'

type Whole = AnswerOf<'readInstallation'>
type Setting = Whole['settings'][number]
type Group = Setting['group']

const REFRESH_MS = 10_000
/** Of the installation, whichever app is looked at. */
const calls = manage()
const TONES: Readonly<Record<'on' | 'off' | 'misconfigured' | 'failing', Tone>> = {
  on: 'good',
  off: 'plain',
  misconfigured: 'bad',
  failing: 'bad',
}

export function Installation(): ReactNode {
  const read = useRead(calls, 'readInstallation', {}, { refreshMs: REFRESH_MS })
  const { data } = read
  return (
    <div className="page">
      <PageHead title={shared.screens.installation} />
      <div className="page-scroll setup">
        <p className="sm dim">{texts.about}</p>
        {read.state === 'failed' ? (
          <p className="problem sm" role="alert">
            {refusalOf(read.error)}
          </p>
        ) : null}
        <Backups calls={calls} />
        {data === undefined ? null : (
          <>
            <Server of={data} />
            <SignIn of={data} />
            <Namespaces of={data} />
            {(Object.keys(texts.groups) as Group[]).map((group) => (
              <Settings
                key={group}
                title={texts.groups[group]}
                of={data.settings.filter((one) => one.group === group)}
              />
            ))}
          </>
        )}
      </div>
    </div>
  )
}

function Server({ of }: { readonly of: Whole }): ReactNode {
  return (
    <section aria-labelledby="setup-server">
      <h2 id="setup-server" className="label">
        {texts.server}
      </h2>
      <dl className="facts">
        <dt>{texts.version}</dt>
        <dd className="num">{of.version}</dd>
        <dt>{texts.node}</dt>
        <dd className="num">{of.node}</dd>
        <dt>{texts.since}</dt>
        <dd>
          <TimeCell at={of.since} />
        </dd>
        <dt>{texts.publicUrl}</dt>
        <dd>
          <code>{of.publicUrl}</code>
        </dd>
        <dt>{texts.data}</dt>
        <dd>
          <details>
            <summary className="num">{bytesText(of.data.bytes)}</summary>
            <ul className="sm">
              {of.data.entries.map(({ name, bytes, isFolder }) => (
                <li key={name} className="row">
                  <code className="cut">{name}</code>
                  {isFolder ? <span className="xs faint">{texts.folder}</span> : null}
                  <span className="grow" />
                  <span className="num">{bytesText(bytes)}</span>
                </li>
              ))}
            </ul>
          </details>
        </dd>
      </dl>
    </section>
  )
}

function SignIn({ of }: { readonly of: Whole }): ReactNode {
  const { mail } = of
  return (
    <section aria-labelledby="setup-sign-in">
      <h2 id="setup-sign-in" className="label">
        {texts.signIn}
      </h2>
      <ul className="parts">
        {of.signIn.map(({ id, kind, state, detail, settings }) => (
          <li key={id}>
            <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord>
            <span className="strong">{texts.kinds[kind]}</span>
            <span className="sm dim">{detail}</span>
            <Names of={settings} />
          </li>
        ))}
        <li>
          <StateWord tone={TONES[mail.state]}>{texts.states[mail.state]}</StateWord>
          <span className="strong">{texts.mail}</span>
          <span className="sm dim">
            {[
              mail.from,
              mail.waiting === undefined || mail.waiting === 0
                ? undefined
                : texts.waiting(mail.waiting),
              mail.detail,
            ]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </span>
          <Names of={mail.settings} />
        </li>
      </ul>
    </section>
  )
}

function Names({ of }: { readonly of: readonly string[] }): ReactNode {
  return (
    <span className="names">
      {of.map((name) => (
        <code key={name} className="xs">
          {name}
        </code>
      ))}
    </span>
  )
}

function Namespaces({ of }: { readonly of: Whole }): ReactNode {
  if (of.namespaces.length === 0) return null
  const word = (isSo: boolean) => (isSo ? texts.yes : texts.no)
  return (
    <section aria-labelledby="setup-namespaces">
      <h2 id="setup-namespaces" className="label">
        {texts.namespaces}
      </h2>
      <Sheet heads={[texts.namespace, texts.persisted, texts.mutable, texts.identified]}>
        {of.namespaces.map(({ name, persisted, mutable, identified }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{word(persisted)}</td>
            <td>{word(mutable)}</td>
            <td>{word(identified)}</td>
          </tr>
        ))}
      </Sheet>
    </section>
  )
}

function Settings(props: { readonly title: string; readonly of: readonly Setting[] }): ReactNode {
  if (props.of.length === 0) return null
  return (
    <section aria-label={props.title}>
      <h2 className="label">{props.title}</h2>
      <Sheet heads={[texts.setting, texts.value, texts.fallback, texts.what]}>
        {props.of.map((one) => (
          <tr key={one.setting}>
            <th scope="row">
              <code>{one.setting}</code>
            </th>
            <td className="num">{valueText(one)}</td>
            <td className="dim">{one.fallback}</td>
            <td className="dim about">{one.about}</td>
          </tr>
        ))}
      </Sheet>
    </section>
  )
}

export function Sheet(props: {
  readonly heads: readonly string[]
  readonly children: ReactNode
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, so the keyboard has to scroll it
    <section className="sheet-scroll" tabIndex={0} aria-label={props.heads[0]}>
      <table>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </section>
  )
}

function valueText({ value, unit }: Setting): string {
  if (value === null || value === '') return texts.notSet
  if (typeof value === 'boolean') return value ? texts.yes : texts.no
  if (typeof value === 'number')
    return unit === 'bytes'
      ? bytesText(value)
      : `${unit.startsWith('port') ? value : new Intl.NumberFormat(spokenLanguage()).format(value)} ${shortUnit(unit)}`.trim()
  return Array.isArray(value) ? value.join(', ') : value
}

/** Without the limits that some say behind a comma. */
function shortUnit(unit: string): string {
  const [short = ''] = unit.split(/[,;(]/)
  return short === 'port' ? '' : short.trim()
}
