// Whether somebody is called something, as people type it: a part of the name, in any case and with or without accents.

/**
 * A test for names, made once for many of them.
 *
 * @param typed part of a name; only spaces fit everybody
 */
export function namedLike(typed: string): (name: string) => boolean {
  const wanted = folded(typed.trim())
  return (name) => folded(name).includes(wanted)
}

/** Without case and accents: `Renée` is found by `rene`. */
function folded(text: string): string {
  const lower = text.toLowerCase()
  // Most names are plain: taking letters apart costs more than looking.
  return /^[\x20-\x7e]*$/.test(lower) ? lower : lower.normalize('NFD').replaceAll(/\p{M}/gu, '')
}
