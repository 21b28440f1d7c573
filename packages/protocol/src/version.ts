// Which wire this is. `wire-pin.test.ts` fails when a frame changes and the revision does not.

/** The wire protocol this server speaks, as clients send it in `v` and `X-Ably-Version`. */
export const protocolVersion = 6

/** The oldest `v` a connection may ask for. Newer ones than our own are served as our own. */
export const oldestProtocolVersion = 2

/** Rises by one whenever the schemas, actions, flags or codes of this package change. Not sent. */
export const wireRevision = 2

/**
 * Reads `v` of a connection or `X-Ably-Version` of a request; shapes depend on it per request, never globally. Absent or
 * unreadable means our own version; `1.2` means 1.
 */
export function requestVersion(text: string | undefined): number {
  const found = /^(\d{1,4})(?:\.\d{1,4})?$/.exec(text?.trim() ?? '')
  return found === null ? protocolVersion : Number(found[1])
}
