// What a key or token may do at most: operations per channel pattern.

export type Capability = Readonly<Record<string, readonly string[]>>
