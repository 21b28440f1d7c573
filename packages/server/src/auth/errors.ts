// The expected failures of making an account and of opening sign-in, a closed set: each says what to do next.

/** An account with this e-mail exists. */
export class EmailTaken extends Error {
  readonly code = 'email_taken'
  readonly remedy = 'sign in with it, or use another e-mail'
}

/** The text is not an e-mail address. */
export class EmailInvalid extends Error {
  readonly code = 'email_invalid'
  readonly remedy = 'write it as `name@example.com`'
}

/** The password is shorter than 12 or longer than 128 characters. */
export class WeakPassword extends Error {
  readonly code = 'weak_password'
  readonly remedy = 'use 12 to 128 characters; a few unrelated words are good'
}

/** The name is empty, longer than 80 characters, or holds control characters. */
export class NameInvalid extends Error {
  readonly code = 'name_invalid'
  readonly remedy = 'use 1 to 80 characters on one line'
}

/** A sign-in setting cannot work; the start should stop with this sentence. */
export class SignInMisconfigured extends Error {
  readonly code = 'sign_in_misconfigured'
  readonly remedy: string

  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}
