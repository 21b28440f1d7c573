// Where mail is handed over, from one setting: `smtp://user:password@host:port`, or `smtps://` for TLS from the start.

import { isIP } from 'node:net'

export type SmtpServer = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; else STARTTLS. */
  readonly isTls: boolean
  /** A password must not travel in clear: without STARTTLS nothing is sent. */
  readonly needsTls: boolean
  readonly login?: { readonly user: string; readonly password: string }
}

export type SmtpUrlReading =
  | { readonly ok: true; readonly server: SmtpServer }
  /** What the setting must be, to stand after "must". Never repeats the value: it may hold a password. */
  | { readonly ok: false; readonly must: string }

const SUBMISSION_PORT = 587
const TLS_PORT = 465

/** Reads the setting; never throws. */
export function readSmtpUrl(text: string): SmtpUrlReading {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    return refuse('be `smtp://user:password@host:port`, or the same with `smtps://`')
  if (url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname))
    return refuse('end after the port')
  if ((url.username === '') !== (url.password === ''))
    return refuse('name both a user and a password, or neither')
  const login = loginOf(url)
  if (login === undefined) return refuse('have its user and password percent-encoded')
  const isTls = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const server = {
    host,
    port: url.port === '' ? (isTls ? TLS_PORT : SUBMISSION_PORT) : Number(url.port),
    isTls,
    needsTls: !isTls && url.username !== '' && !isLoopback(host),
    ...login,
  }
  return { ok: true, server }
}

function loginOf({ username, password }: URL): Pick<SmtpServer, 'login'> | undefined {
  if (username === '') return {}
  try {
    return {
      login: { user: decodeURIComponent(username), password: decodeURIComponent(password) },
    }
  } catch {
    return undefined
  }
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

function refuse(must: string): SmtpUrlReading {
  return { ok: false, must }
}

/** `Name <address>` or an address alone; undefined if it is neither. */
export function readSender(text: string): { name?: string; address: string } | undefined {
  const [, name, bracketed] = /^([^<>"\r\n]{0,80}?)\s*<([^<>\s]+)>$/.exec(text) ?? []
  const address = bracketed ?? text
  if (!/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(address)) return undefined
  return name === undefined || name === '' ? { address } : { name, address }
}
