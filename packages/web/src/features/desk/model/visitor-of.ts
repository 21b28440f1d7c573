// Who of those in a conversation is its visitor. Pure.

/** Of every visitor's id; nobody else's begins so. */
const VISITOR_PREFIX = 'v-'

/**
 * Whether somebody is the visitor of a conversation. There is one, who has another id in what was said before they proved who they
 * are. @param visitor their id now
 */
export function isVisitorOf(id: string | undefined, visitor: string): boolean {
  return id !== undefined && (id === visitor || id.startsWith(VISITOR_PREFIX))
}
