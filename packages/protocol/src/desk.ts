// The live board of the desk: what becomes of conversations, for operators who listen.

/**
 * Subscribe only, for every signed-in person. Messages: `conversation` (as lists show it, to who may read it), `gone`
 * (`{ key }`: it may not be seen any more), `operator` and `visitor`. There is no snapshot: read `/api/v1/desk/conversations`
 * once attached.
 */
export const deskChannel = '[desk]'
