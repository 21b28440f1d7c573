// The dialogs behind the plus of the rail.

export type DialogKind = 'create' | 'browse' | 'direct'
