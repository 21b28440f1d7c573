// A real SMTP server that keeps what it is given, so that tests read mails as people do.

import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { freePort } from './server.ts'

export type Mail = {
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The first address in it that leads to a page. */
  readonly link: string
}

export type Mailbox = {
  /** Settings of a server that mails here. */
  readonly env: Readonly<Record<string, string>>
  /** Everything that came, in order. */
  readonly mails: readonly Mail[]
  /** The next mail to an address that has not been read, now or when it comes. */
  next(to: string): Promise<Mail>
  close(): Promise<void>
}

const LOGIN = { user: 'post office', password: 'p/st:w@rd' }

/** @param port absent: any free one */
export async function openMailbox(port?: number): Promise<Mailbox> {
  const at = port ?? (await freePort())
  const mails: Mail[] = []
  const unread: Mail[] = []
  const waiting: { readonly to: string; readonly take: (mail: Mail) => void }[] = []
  const keep = (mail: Mail) => {
    mails.push(mail)
    const index = waiting.findIndex(({ to }) => to === mail.to)
    if (index < 0) unread.push(mail)
    else waiting.splice(index, 1)[0]?.take(mail)
  }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === LOGIN.user && password === LOGIN.password
        ? done(null, { user: LOGIN.user })
        : done(new Error('who is this?')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',')
        PostalMime.parse(Buffer.concat(chunks)).then(
          (email) => {
            keep(mailOf(to, email))
            done()
          },
          (error: Error) => done(error),
        )
      })
    },
  })
  // A server that is killed leaves its connections as they are: no trouble of the mailbox.
  server.on('error', () => undefined)
  await new Promise<void>((resolve, fail) => {
    server.server.once('error', fail)
    server.listen(at, '127.0.0.1', () => resolve())
  })
  return {
    env: mailSettings(at),
    mails,
    next: (to) => {
      const index = unread.findIndex((mail) => mail.to === to)
      const [mail] = index < 0 ? [] : unread.splice(index, 1)
      if (mail !== undefined) return Promise.resolve(mail)
      return new Promise((take) => waiting.push({ to, take }))
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Settings of a server that mails to a port of this machine. */
export function mailSettings(port: number): Readonly<Record<string, string>> {
  const [user, password] = [LOGIN.user, LOGIN.password].map(encodeURIComponent)
  return {
    SAYSO_SMTP_URL: `smtp://${user}:${password}@127.0.0.1:${port}`,
    SAYSO_MAIL_FROM: 'Harbour <harbour@example.com>',
  }
}

function mailOf(to: string, { from, subject, text, html }: Email): Mail {
  const said = text ?? ''
  return {
    to,
    from: from?.address ?? '',
    subject: subject ?? '',
    text: said,
    html: html ?? '',
    link: /https?:\/\/\S+/.exec(said)?.[0] ?? '',
  }
}
