// What servers say, as screens say it.

/** As a sentence of its own: a capital first, one stop at the end. */
export function sentence(text: string): string {
  const trimmed = text.trim().replace(/\.$/, '')
  return `${trimmed.charAt(0).toLocaleUpperCase()}${trimmed.slice(1)}.`
}
