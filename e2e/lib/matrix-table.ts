// Who may do what, written by hand: every route and every frame, held against everybody. The test fails if the server
// has a route or a frame that is not here.

/** In the order of the columns. */
export const ACTORS = [
  'key',
  'owner',
  'moderator',
  'member',
  'reader',
  'muted',
  'removed',
  'banned',
  'anonymous',
  'otherApp',
  'expired',
  'revoked',
  'nobody',
] as const
export type Actor = (typeof ACTORS)[number]

/**
 * One letter per actor. `+` allowed, `-` denied (40160), `x` refused as what they are (see `REFUSED`), others as below.
 *
 * - `c` 40101: no or wrong credentials
 * - `t` 40162: a token where the key is needed
 * - `u` 40000: not supported
 * - `i` 40161: speaks for nobody, where one must be somebody
 */
export type Answers = string

/** What those are told whom the server does not recognise. */
export const REFUSED: Readonly<Record<string, number>> = {
  otherApp: 40400,
  expired: 40142,
  revoked: 40141,
  nobody: 40101,
}
export const CODES: Readonly<Record<string, number>> = {
  '-': 40160,
  c: 40101,
  t: 40162,
  u: 40000,
  i: 40161,
}

/** Method and path as the table of routes has them; the word after it tells apart what one route does. */
export const REST: Readonly<Record<string, Answers>> = {
  //                                          kOMmrURBA oeRn
  'GET /time': '+++++++++' + '++++',
  'GET /stats': '+++++++++' + 'xxxx',
  'POST /keys/:keyName/requestToken': '+cccccccc' + 'cccc',
  'POST /keys/:keyName/revokeTokens': '+tttttttt' + 'tttc',
  'GET /channels': '+++++++++' + 'xxxx',
  'GET /channels naming the channel': '++-------' + 'xxxx',
  'GET /channels/:channel': '++-------' + 'xxxx',
  // It exists, and no policy of these tests lets anybody make another.
  'POST /channels/:channel': '---------' + 'xxxx',
  'POST /channels/:channel/messages': '++++-----' + 'xxxx',
  'POST /channels/:channel/messages ephemeral': '++++-----' + 'xxxx',
  'GET /channels/:channel/messages': '++++++---' + 'xxxx',
  'GET /channels/:channel/messages/:serial': '++++++---' + 'xxxx',
  'GET /channels/:channel/messages/:serial/versions': '+++------' + 'xxxx',
  'PATCH /channels/:channel/messages/:serial own': '++++-----' + 'xxxx',
  'PATCH /channels/:channel/messages/:serial another’s': '++-------' + 'xxxx',
  'PATCH /channels/:channel/messages/:serial delete own': '++++-+---' + 'xxxx',
  'PATCH /channels/:channel/messages/:serial delete another’s': '+++------' + 'xxxx',
  'GET /channels/:channel/presence': '++++++---' + 'xxxx',
  'GET /channels/:channel/presence/history': '++++++---' + 'xxxx',
  'POST /channels/:channel/messages/:serial/annotations': '++++-----' + 'xxxx',
  'GET /channels/:channel/messages/:serial/annotations': '++++-+---' + 'xxxx',
  'GET /channels/:channel/messages/:serial/client-summary': '++++++---' + 'xxxx',
  'POST /chat/:version{v[0-9]+}/rooms/:room/messages': 'i+++-----' + 'xxxx',
  'GET /chat/:version{v[0-9]+}/rooms/:room/messages': '++++++---' + 'xxxx',
  'GET /chat/:version{v[0-9]+}/rooms/:room/occupancy': '++-------' + 'xxxx',
  'GET /chat/:version{v[0-9]+}/rooms/:room/messages/:serial': '++++++---' + 'xxxx',
  'PUT /chat/:version{v[0-9]+}/rooms/:room/messages/:serial': '++++-----' + 'xxxx',
  'POST /chat/:version{v[0-9]+}/rooms/:room/messages/:serial/delete': '++++-+---' + 'xxxx',
  'GET /chat/:version{v[0-9]+}/rooms/:room/messages/:serial/versions': '++++++---' + 'xxxx',
  'POST /chat/:version{v[0-9]+}/rooms/:room/messages/:serial/reactions': 'i+++-----' + 'xxxx',
  'DELETE /chat/:version{v[0-9]+}/rooms/:room/messages/:serial/reactions': 'i+++-----' + 'xxxx',
  'GET /chat/:version{v[0-9]+}/rooms/:room/messages/:serial/client-reactions': '++++++---' + 'xxxx',
  'POST /messages': '++++-----' + 'xxxx',
  'GET /presence': '++++++---' + 'xxxx',
}

/** By the number of the action. */
export const FRAMES: Readonly<Record<string, Answers>> = {
  //                        kOMmrURBA oeRn
  '0 HEARTBEAT': '+++++++++' + 'xxxx',
  '5 DISCONNECT': '+++++++++' + 'xxxx',
  '7 CLOSE': '+++++++++' + 'xxxx',
  '10 ATTACH': '++++++---' + 'xxxx',
  '10 ATTACH rewind': '++++++---' + 'xxxx',
  '10 ATTACH filter': '++++++---' + 'xxxx',
  '10 ATTACH [permissions]': '+++++++++' + 'xxxx',
  '12 DETACH': '+++++++++' + 'xxxx',
  '14 PRESENCE': '++++-+---' + 'xxxx',
  '15 MESSAGE': '++++-----' + 'xxxx',
  '15 MESSAGE ephemeral': '++++-----' + 'xxxx',
  '15 MESSAGE [permissions]': '---------' + 'xxxx',
  '15 MESSAGE update own': '++++-----' + 'xxxx',
  '15 MESSAGE update another’s': '++-------' + 'xxxx',
  '15 MESSAGE delete own': '++++-+---' + 'xxxx',
  '15 MESSAGE delete another’s': '+++------' + 'xxxx',
  '16 SYNC': '++++++---' + 'xxxx',
  '17 AUTH': '+++++++++' + 'xxxx',
  '19 OBJECT': 'uuuuuuuuu' + 'xxxx',
  '21 ANNOTATION': '++++-----' + 'xxxx',
}
