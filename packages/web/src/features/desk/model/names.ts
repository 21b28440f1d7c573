// What visitors are called who have not said their name.

import type { Conversation, Named } from './shapes.ts'
import { texts } from './texts.ts'

/** A visitor without a name has their id in its place; people read the end of it. */
export function visitorName({ id, name }: Named): string {
  return name === id || name === '' ? texts.visitorNumber(id.slice(-4)) : name
}

/** The conversation as people read it. */
export function named(one: Conversation): Conversation {
  const name = visitorName(one.visitor)
  if (name === one.visitor.name) return one
  const rename = <Who extends Named>(who: Who): Who =>
    who.id === one.visitor.id ? { ...who, name } : who
  return {
    ...one,
    visitor: { ...one.visitor, name },
    openedBy: rename(one.openedBy),
    ...(one.readers === undefined ? {} : { readers: one.readers.map(rename) }),
  }
}
