// What a message lists: the files that came with it and the pictures of its link previews. Any client may have written
// older or stranger things: what has another form is no file.

type Fields = Readonly<Record<string, unknown>>

/** Ids of every file a message carries. */
export function filesIn(extras: Fields | undefined): readonly string[] {
  const attached = itemsOf(extras?.attachments).flatMap(({ id }) => textIn(id))
  const pictures = itemsOf(extras?.previews).flatMap(({ image }) =>
    isFields(image) ? textIn(image.id) : [],
  )
  return [...attached, ...pictures]
}

/** The objects of a list; none if it is no list. */
export function itemsOf(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : []
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : []
}
