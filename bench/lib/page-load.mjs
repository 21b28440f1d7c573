// How much is done to a page while it is measured: the chat's and the bare one's alike.

export const FLING_MS = 10_000
export const PX_PER_FRAME = 100
export const KEYS = 150
/** Between two keys: as fast as a key repeats while it is held, and as fast as a good typist writes (120 words a minute). */
export const KEY_MS = 30
export const TYPIST_KEY_MS = 100
export const ARRIVING_PER_SECOND = 20
