// Every mail there is, in words. Values are put in as they are: whoever renders a letter escapes them.

/** What a mail is about, with what it names. Links are whole addresses. */
export type Occasion =
  | { readonly kind: 'confirm'; readonly name: string; readonly link: string }
  | { readonly kind: 'change-email'; readonly name: string; readonly link: string }
  | { readonly kind: 'email-changing'; readonly name: string; readonly newEmail: string }
  | { readonly kind: 'reset'; readonly name: string; readonly link: string }
  | { readonly kind: 'password-changed'; readonly name: string; readonly link: string }
  | { readonly kind: 'has-account'; readonly name: string; readonly link: string }
  | {
      readonly kind: 'invitation'
      readonly by: string
      readonly link: string
      readonly note?: string
      readonly until: string
    }
  | {
      readonly kind: 'answer-waiting'
      /** Of the site, as visitors know it. */
      readonly site: string
      readonly by: string
      /** What was answered, the oldest first. */
      readonly texts: readonly string[]
      readonly link: string
    }
  | {
      readonly kind: 'transcript'
      readonly site: string
      /** One line for each message. */
      readonly texts: readonly string[]
    }

export type OccasionKind = Occasion['kind']

/** A mail before it is set in type. */
export type Draft = {
  readonly subject: string
  /** Said first. Absent: nobody is greeted. */
  readonly greeting?: string
  readonly lines: readonly string[]
  readonly link?: { readonly label: string; readonly url: string }
  /** What to do if it was somebody else. */
  readonly after: readonly string[]
}

type Words<K extends OccasionKind> = (
  said: Extract<Occasion, { kind: K }>,
  place: string,
) => Omit<Draft, 'greeting'>

const CATALOGUE: { readonly [K in OccasionKind]: Words<K> } = {
  confirm: ({ link }, place) => ({
    subject: `Confirm your e-mail for ${place}`,
    lines: [`Confirm that this is your address, so that ${place} knows you by it.`],
    link: { label: 'Confirm my e-mail', url: link },
    after: ['The link works for a day. If you made no account, do nothing: nobody is signed in.'],
  }),
  'change-email': ({ link }, place) => ({
    subject: `Confirm your new e-mail for ${place}`,
    lines: ['You asked to use this address from now on. It holds once you confirm it.'],
    link: { label: 'Use this address', url: link },
    after: ['The link works for a day. If you did not ask for it, do nothing.'],
  }),
  'email-changing': ({ newEmail }, place) => ({
    subject: `Your e-mail for ${place} is about to change`,
    lines: [
      `Somebody signed in as you asked to use ${newEmail} instead of this address.`,
      'If it was you, open the mail that was sent there.',
    ],
    after: ['If it was not you, choose a new password now: that signs everybody else out.'],
  }),
  reset: ({ link }, place) => ({
    subject: `Choose a new password for ${place}`,
    lines: ['You can choose a new password now. Every other device will be signed out.'],
    link: { label: 'Choose a new password', url: link },
    after: [
      'The link works once, for 30 minutes. If you did not ask for it, do nothing: your password stays.',
    ],
  }),
  'password-changed': ({ link }, place) => ({
    subject: `Your password for ${place} was changed`,
    lines: ['Your password was changed just now, and every other device was signed out.'],
    link: { label: 'Sign in', url: link },
    after: ['If it was not you, choose a new password at once and tell whoever runs this place.'],
  }),
  'has-account': ({ link }, place) => ({
    subject: `You have an account at ${place}`,
    lines: [
      'Somebody tried to make an account with this address, which has one.',
      'If it was you, sign in with it. If you do not know the password any more, choose a new one there.',
    ],
    link: { label: 'Sign in', url: link },
    after: ['If it was not you, do nothing: nothing has changed.'],
  }),
  'answer-waiting': ({ site, by, texts, link }) => ({
    subject: `${by} has answered you at ${site}`,
    lines: [`${by} has answered you at ${site}:`, ...texts.map((text) => `“${text}”`)],
    link: { label: 'Read it and answer', url: link },
    after: [
      'The link opens your conversation once, within seven days. Do not pass this mail on: whoever has the link can read along.',
    ],
  }),
  transcript: ({ site, texts }) => ({
    subject: `Your conversation with ${site}`,
    lines: [`You asked for your conversation with ${site}.`, ...texts],
    after: ['If you did not ask for it, somebody has typed your address by mistake.'],
  }),
  invitation: ({ by, link, note, until }, place) => ({
    subject: `${by} invites you to ${place}`,
    lines: [
      `${by} invites you to join the conversation at ${place}.`,
      ...(note === undefined ? [] : [`“${note}”`]),
    ],
    link: { label: 'Accept the invitation', url: link },
    after: [`The invitation works once, until ${until}. If you do not know why, do nothing.`],
  }),
}

/** The words for an occasion. @param place what this place is called */
export function draftOf(occasion: Occasion, place: string): Draft {
  const words = CATALOGUE[occasion.kind] as Words<OccasionKind>
  const draft = words(occasion as never, place)
  return 'name' in occasion ? { greeting: `Hello ${occasion.name},`, ...draft } : draft
}
