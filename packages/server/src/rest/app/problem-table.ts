// The problems of our own API that no command knows: one row each, with its status and what it means.

type Row = {
  readonly status: number
  readonly title: string
  /** For the reference: when it comes. */
  readonly when: string
}

export const problemTable = {
  not_signed_in: { status: 401, title: 'Not signed in', when: 'neither a session nor a key' },
  key_invalid: { status: 401, title: 'Key not valid', when: 'the key or its secret is wrong' },
  address_refused: {
    status: 403,
    title: 'Not from this address',
    when: 'the key is for other addresses only',
  },
  shut_out: {
    status: 403,
    title: 'Shut out',
    when: 'the person is under a restraint on the whole place',
  },
  foreign_origin: {
    status: 403,
    title: 'Foreign origin',
    when: 'a write with a cookie that comes from no page of this server',
  },
  body_invalid: { status: 400, title: 'Body not valid', when: 'the body is not as documented' },
  query_invalid: { status: 400, title: 'Query not valid', when: 'a query parameter is not' },
  too_large: { status: 413, title: 'Too large', when: 'the body is larger than the route takes' },
  explanation_unknown: {
    status: 404,
    title: 'Not found',
    when: 'the refusal was forgotten, or is not yours',
  },
  past_unknown: {
    status: 404,
    title: 'Past not known',
    when: 'the time asked about is before the first change that is kept',
  },
  grant_unknown: { status: 404, title: 'Grant not found', when: 'the role is not assigned there' },
  relation_unknown: {
    status: 404,
    title: 'Relation not found',
    when: 'nothing relates the two so',
  },
  no_picture: { status: 404, title: 'No picture', when: 'the person has none' },
  policy_invalid: {
    status: 400,
    title: 'Policy not valid',
    when: 'the document has problems; all are listed under `problems`',
  },
  set_up_link_wrong: { status: 403, title: 'Link not valid', when: 'not the link of this start' },
  set_up_link_ended: { status: 410, title: 'Link ended', when: 'the link is too old' },
  set_up_link_used: { status: 410, title: 'Link used', when: 'there is an owner already' },
  email_taken: { status: 409, title: 'E-mail taken', when: 'somebody has an account with it' },
  email_invalid: { status: 400, title: 'Not valid', when: 'this is no address' },
  weak_password: { status: 400, title: 'Not valid', when: 'the password is too short or known' },
  name_invalid: { status: 400, title: 'Not valid', when: 'the name is empty or too long' },
  session_unknown: {
    status: 404,
    title: 'Session not found',
    when: 'it has ended, or is not yours',
  },
  confirmation_wrong: {
    status: 403,
    title: 'Not confirmed',
    when: 'the password is wrong, or the sign-in too old to stand for one',
  },
  in_users_file: { status: 409, title: 'In the users file', when: 'the account is the file’s' },
  idempotency_key_invalid: {
    status: 400,
    title: 'Key not valid',
    when: '`Idempotency-Key` is no key',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'Key used before',
    when: '`Idempotency-Key` was used with another address or body',
  },
  idempotency_key_busy: {
    status: 409,
    title: 'Not answered yet',
    when: 'the first request with this `Idempotency-Key` is under way',
  },
  connection_unknown: {
    status: 404,
    title: 'Connection not found',
    when: 'it is gone, or never was',
  },
  not_listening: {
    status: 409,
    title: 'Not listening',
    when: 'the connection watches no view of rights',
  },
  webhook_unknown: {
    status: 404,
    title: 'Webhook not found',
    when: 'it was removed, or never was',
  },
  draft_unknown: {
    status: 404,
    title: 'Draft not found',
    when: 'it was thrown away or put in force',
  },
  plan_unknown: {
    status: 404,
    title: 'Plan not found',
    when: 'it was taken back or came into force',
  },
  shadow_unknown: { status: 404, title: 'Nothing is tried', when: 'nothing is tried in shadow' },
  approval_unknown: {
    status: 404,
    title: 'Not waiting',
    when: 'it was approved, declined or taken back, or is older than a week',
  },
  test_unknown: { status: 404, title: 'Test not found', when: 'no test of that name is kept' },
  version_unknown: { status: 404, title: 'Version not found', when: 'no such version is kept' },
  version_changed: {
    status: 412,
    title: 'Changed meanwhile',
    when: '`If-Match` names another version than the one there is',
  },
  device_unknown: {
    status: 401,
    title: 'Browser not known',
    when: 'the secret of a visitor’s browser is wrong, or needs a new proof',
  },
  identity_invalid: {
    status: 401,
    title: 'Identity not valid',
    when: 'what the site says of a visitor does not hold; `reason` says why',
  },
  identity_required_here: {
    status: 401,
    title: 'Identity required',
    when: 'the widget is for visitors whom the site knows',
  },
  not_available: { status: 403, title: 'Not available', when: 'nobody is available for them' },
  consent_required: {
    status: 409,
    title: 'Consent required',
    when: 'the widget asks for consent before the first message',
  },
  form_incomplete: {
    status: 400,
    title: 'Not answered',
    when: 'something that the widget asks for is missing; `field` says what',
  },
  queue_full: { status: 409, title: 'Too many wait', when: 'nobody more is let wait' },
  hold_unknown: { status: 404, title: 'Hold not found', when: 'it has ended, or never was' },
  no_mail: { status: 409, title: 'No mails', when: 'this server sends no mails' },
  not_here: {
    status: 409,
    title: 'Not here',
    when: 'an app beside the main one does not do this',
  },
  proof_invalid: {
    status: 401,
    title: 'Link not valid',
    when: 'a mailed link was used before, or is too old',
  },
  slow_down: {
    status: 429,
    title: 'Too many',
    when: 'a visitor or an address comes too often; `retryAfterMs` says how long to wait',
  },
  visitor_unknown: { status: 404, title: 'Visitor not found', when: 'nobody of that id was here' },
  widget_unknown: {
    status: 404,
    title: 'Widget not found',
    when: 'it was removed, is turned off, or never was',
  },
  not_found: { status: 404, title: 'Not found', when: 'there is no such route' },
  internal: { status: 500, title: 'Internal error', when: 'a mistake of the server' },
} as const satisfies Readonly<Record<string, Row>>

export type ProblemCode = keyof typeof problemTable
