// Hands a mail over to the SMTP server. The one file that knows the library.

import { createTransport } from 'nodemailer'
import type { Letter } from './letter.ts'
import type { SmtpServer } from './smtp-url.ts'

export type Sender = { readonly name?: string; readonly address: string }

/** `later`: try again. `never`: this address will not take it, whatever is done. `why` names no address and no secret. */
export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later' | 'never'; readonly why: string }

export type Transport = {
  /** Never throws. Ends within a minute or so. */
  deliver(to: string, letter: Letter): Promise<Delivery>
  close(): void
}

/** For each step of the conversation; milliseconds. */
const STEP_MS = 15_000

/** Opens nothing yet: the first mail does. */
export function smtpTransport(server: SmtpServer, from: Sender): Transport {
  const { host, port, isTls, needsTls, login } = server
  const mailer = createTransport({
    host,
    port,
    secure: isTls,
    requireTLS: needsTls,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login === undefined ? {} : { auth: { user: login.user, pass: login.password } }),
  })
  const sender = from.name === undefined ? from.address : { name: from.name, address: from.address }
  return {
    deliver: async (to, { subject, text, html }) => {
      try {
        await mailer.sendMail({
          from: sender,
          // As an object: a comma in an address never makes two of it.
          to: { name: '', address: to },
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'sent' }
      } catch (error) {
        return failureOf(error)
      }
    },
    close: () => mailer.close(),
  }
}

/** The words of the far end may repeat the address or more: only its codes are kept. */
function failureOf(error: unknown): Delivery {
  const { code, responseCode, command } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as { readonly code?: unknown; readonly responseCode?: unknown; readonly command?: unknown }
  const parts = [code, responseCode, command].filter(
    (part) => typeof part === 'number' || (typeof part === 'string' && /^[\w ]{1,40}$/.test(part)),
  )
  const why = parts.length === 0 ? 'unknown failure' : parts.join(' ')
  const isForGood = code === 'EENVELOPE' && typeof responseCode === 'number' && responseCode >= 550
  return { kind: isForGood ? 'never' : 'later', why }
}
