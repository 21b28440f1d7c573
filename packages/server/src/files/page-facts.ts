// What a page says of itself: its title, a sentence, the site, a picture. Read from the beginning of its HTML, in whatever
// alphabet it is written.

import { Parser } from 'htmlparser2'

export type PageFacts = {
  readonly title?: string
  readonly description?: string
  readonly site?: string
  /** As it is written there; may be relative, may be anything. */
  readonly image?: string
}

/** Characters. */
const LONGEST = { title: 200, description: 400, site: 80, image: 2_000 } as const

type Fact = keyof PageFacts

/** Which word of a page says what; the first that says something counts. */
const WORDS: Readonly<Record<Fact, readonly string[]>> = {
  title: ['og:title', 'twitter:title', '<title>'],
  description: ['og:description', 'twitter:description', 'description'],
  site: ['og:site_name', 'application-name'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'],
}

/** @param contentType as the server of the page says it */
export function pageFacts(bytes: Uint8Array, contentType: string): PageFacts {
  const said = wordsIn(decoded(bytes, contentType))
  const facts: { [name in Fact]?: string } = {}
  for (const [name, words] of Object.entries(WORDS) as [Fact, readonly string[]][]) {
    const text = words.map((word) => plain(said.get(word) ?? '')).find((one) => one !== '')
    if (text !== undefined) facts[name] = text.slice(0, LONGEST[name])
  }
  return facts
}

function wordsIn(html: string): ReadonlyMap<string, string> {
  const said = new Map<string, string>()
  let title: string | undefined
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'title' && !said.has('<title>')) title = ''
      if (tag === 'body') parser.pause()
      const word = attributes.property ?? attributes.name
      const { content } = attributes
      if (tag !== 'meta' || word === undefined || content === undefined) return
      const name = word.toLowerCase()
      if (!said.has(name)) said.set(name, content)
    },
    ontext(text) {
      if (title !== undefined) title += text
    },
    onclosetag(tag) {
      if (tag !== 'title' || title === undefined) return
      said.set('<title>', title)
      title = undefined
    },
  })
  parser.write(html)
  return said
}

/** One line, without what turns a line around. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const HEAD_BYTES = 2_048

/** By the byte order mark, by what the server says, by what the page says, else UTF-8. */
function decoded(bytes: Uint8Array, contentType: string): string {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  const label =
    markOf(bytes) ?? charsetIn(contentType) ?? charsetIn(/<meta[^>]*charset[^>]*>/i.exec(head)?.[0])
  try {
    return new TextDecoder(label ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined
}

function charsetIn(text: string | undefined): string | undefined {
  return /charset\s*=\s*["']?([\w-]{1,40})/i.exec(text ?? '')?.[1]
}
