// Every sentence of signing in and of the first run.

import { words } from '../../ui/words.ts'

export const texts = words('login', {
  signIn: 'Sign in',
  signUp: 'Make an account',
  pickUp: 'Sign in to pick up the conversation.',
  joinIn: 'Make an account to join the conversation.',
  invited: 'You were invited. Make an account to join the conversation.',
  noAccount:
    'No account? Ask the person who runs this server, or open the invitation they sent you.',
  newHere: 'New here?',
  haveOne: 'You have an account?',
  orWithEmail: 'or with e-mail',
  continueWith: (provider: string) => `Continue with ${provider}`,
  forgot: 'Forgot your password?',
  forgotTitle: 'Choose a new password',
  forgotText: 'Say which e-mail your account has. We send a link there.',
  forgotSend: 'Send me a link',
  noMailTitle: 'Ask whoever runs this place',
  noMailText:
    'This server sends no mails. The person who runs it can make a link for you, with which you choose a new password.',
  checkTitle: 'Check your mail',
  checkReset: (email: string) =>
    `If ${email} has an account here, a link is on its way. It works once, for 30 minutes.`,
  checkConfirm: (email: string) =>
    `We sent a link to ${email}. Open it to confirm that this is your address; then sign in.`,
  checkAgain: 'Nothing came? Look among the unwanted mails, or',
  sendAgain: 'send it again',
  sentAgain: 'Sent again.',
  backToSignIn: 'Back to sign in',
  resetTitle: 'Choose a new password',
  resetText: 'It counts at once, and every other device is signed out.',
  resetSave: 'Save the new password',
  newPassword: 'New password',
  resetDone: 'Your password is changed',
  resetDoneText: 'Every other device is signed out. Sign in with the new one.',
  linkEnded: 'This link works no more',
  linkEndedText: 'It was used already, or its time is over. Ask for a new one.',
  newLink: 'Get a new link',
  linkPart: 'The address is not complete',
  linkPartText: 'Open the whole link from the mail, up to its last character.',
  confirming: 'One moment',
  confirmed: 'Your e-mail is confirmed',
  confirmedText: 'What waited for it is open to you now, in every window.',
  goOn: 'Go on',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  emailOrName: 'E-mail or name',
  providerClosed: 'This way is not open just now. Try again, or use another.',
  /** By the code of the refusal. */
  refusals: {
    invalid_email_or_password:
      'E-mail and password do not fit together. Check both, or ask for an invitation.',
    invalid_email: 'This is no e-mail address. It looks like name@place.example.',
    user_already_exists: 'There is an account with this e-mail. Sign in instead.',
    password_too_short: 'Too short: 12 characters or more.',
    password_too_long: 'Too long: 128 characters at most.',
    email_not_verified: 'Confirm your e-mail first: open the link in the mail we sent you.',
    invalid_token: 'This link works no more. Ask for a new one.',
    not_reached: 'The server was not reached. Check the connection and try again.',
    unexpected: 'Something went wrong here. Try again.',
    too_often: 'Too many tries. Wait a minute, then try again.',
  },
  strength: {
    rule: (least: number): string => `${least} characters or more; pasting is welcome.`,
    missing: (count: number): string =>
      `${count} more ${count === 1 ? 'character' : 'characters'}.`,
    tooLong: (most: number): string => `At most ${most} characters.`,
    /** From one bar to four. */
    bars: ['Weak', 'Fair', 'Strong', 'Very strong'] as readonly string[],
  },
  confirmFirst: 'Did the mail get lost?',
  invitedBy: (name: string) => `${name} invites you to join the conversation.`,
  invitationOver: {
    used: 'This invitation was used already. Sign in, or ask for another.',
    revoked: 'This invitation was taken back. Ask whoever sent it.',
    ended: 'This invitation has ended. Ask for a new one.',
  },
  ownerTitle: 'Make yourself the owner',
  ownerText:
    'This server belongs to nobody yet. The set-up link works once, and closes when you finish.',
  ownerNote:
    'Everyone else starts with the roles your policy gives at sign-in. You can change that at any moment, and it takes effect at once.',
  become: 'Become the owner',
  firstRun: 'First run, opened from the set-up link',
  linkOver: 'This link works no more',
  linkOverText:
    'It was used, or its time is over. The server prints a new one when it starts without an owner.',
  noToken: 'The address is not complete',
  noTokenText:
    'Open the whole link that the server printed when it started, up to its last character.',
})
