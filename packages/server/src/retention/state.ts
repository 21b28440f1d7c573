// How far a sweep is, as it is kept, and how the audit log calls it.

export const STATE = 'retention-state'
/** There from before the first removal of a sweep until all that points to what went is gone as well. */
export const UNDER_WAY = 'under-way'

export const SWEEP_COMMAND = 'apply-retention'
