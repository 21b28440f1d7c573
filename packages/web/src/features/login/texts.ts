// Every sentence of signing in and of the first run.

export const texts = {
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
} as const
