// A mail set in type twice, as plain text and as simple HTML. Everything that people typed is escaped here.

import type { Draft } from './texts.ts'

export type Letter = { readonly subject: string; readonly text: string; readonly html: string }

/** Sets a draft in type. @param place stands at its foot */
export function letterOf(draft: Draft, place: string): Letter {
  return { subject: oneLine(draft.subject), text: textOf(draft, place), html: htmlOf(draft, place) }
}

/** A subject is one header line: a name with a line break in it must not make two. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200)
}

function textOf({ greeting, lines, link, after }: Draft, place: string): string {
  const parts = [
    ...(greeting === undefined ? [] : [greeting]),
    ...lines,
    ...(link === undefined ? [] : [`${link.label}:\n${link.url}`]),
    ...after,
    `-- \n${place}`,
  ]
  return `${parts.join('\n\n')}\n`
}

const BODY =
  'margin:0;padding:24px;background:#f6f8f7;color:#12312f;font:16px/1.5 system-ui,sans-serif'
const SHEET =
  'max-width:520px;margin:0 auto;padding:24px;background:#fff;border:1px solid #dbe3e1;border-radius:14px'
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:10px;background:#0d6b62;color:#fff;text-decoration:none'
const FAINT = 'color:#4f6664;font-size:13px'

function htmlOf({ greeting, lines, link, after }: Draft, place: string): string {
  const said = [...(greeting === undefined ? [] : [greeting]), ...lines]
  const button =
    link === undefined
      ? ''
      : `<p><a href="${escaped(link.url)}" style="${BUTTON}">${escaped(link.label)}</a></p>
<p style="${FAINT}">Or open this address:<br>${escaped(link.url)}</p>`
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(place)}</title></head>
<body style="${BODY}">
<div style="${SHEET}">
${said.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
${button}
${after.map((line) => `<p style="${FAINT}">${escaped(line)}</p>`).join('\n')}
<p style="${FAINT}">${escaped(place)}</p>
</div>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
