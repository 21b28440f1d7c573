// How much is done to a page while it is measured: the chat's and the bare one's alike.

export const FLING_MS = 10_000
export const PX_PER_FRAME = 100
export const KEYS = 150
export const KEY_MS = 30
export const ARRIVING_PER_SECOND = 20
