// The page on which a person sees what has changed, and approves of it or not.

export type Change = {
  /** Screen, state, theme and width. */
  readonly name: string
  /** How many pixels differ, or why there is no picture to compare. */
  readonly what: string
  /** Files beside the page; the difference is absent where a picture is. */
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly difference?: string | undefined
}

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (each) => `&#${each.codePointAt(0)};`)

/** @param seen how many pictures were compared */
export function pageOf(commit: string, seen: number, changes: readonly Change[]): string {
  const picture = (title: string, file: string | undefined) =>
    file === undefined
      ? ''
      : `<figure><figcaption>${title}</figcaption><a href="${file}"><img src="${file}" alt="${title}" loading="lazy"></a></figure>`
  const rows = changes.map(
    ({ name, what, before, after, difference }) =>
      `<section><h2>${escaped(name)}</h2><p>${escaped(what)}</p><div>${picture('Before', before)}${picture('After', after)}${picture('Difference', difference)}</div></section>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Looks since ${commit}</title><style>
body { margin: 32px; font: 15px/24px system-ui, sans-serif; color: #222; background: #fff; }
h1 { font-size: 24px; } h2 { margin: 40px 0 0; font-size: 16px; } p { margin: 0 0 8px; color: #595959; }
div { display: flex; gap: 16px; align-items: start; overflow-x: auto; } figure { margin: 0; }
img { max-width: 440px; border: 1px solid #ccc; } figcaption { color: #595959; }
</style></head><body><h1>Looks since ${commit}</h1>
<p>${changes.length} of ${seen} pictures differ.</p>
${rows.join('\n')}</body></html>
`
}
