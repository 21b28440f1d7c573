// What is copied from a page or a document, as Markdown. Only what the chat can show is kept; nothing in it is run or loaded.

/** The clipboard's HTML as Markdown; absent: it has no formatting worth keeping. */
export function markdownOf(html: string): string | undefined {
  // A document made so runs nothing; without its handlers the browser has nothing to complain of either.
  const inert = html.replaceAll(/\son[a-z]+\s*=/gi, ' data-on=')
  const { body } = new DOMParser().parseFromString(inert, 'text/html')
  if (body.querySelector(KEPT) === null) return undefined
  const text = blocks(body)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  return text === '' ? undefined : text
}

const KEPT = 'b,strong,i,em,s,del,strike,code,pre,a[href],ul,ol,blockquote,h1,h2,h3,h4,table'
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'HEAD', 'TITLE', 'META'])
const BLOCKS = new Set(['P', 'DIV', 'SECTION', 'ARTICLE', 'HEADER', 'FOOTER', 'MAIN', 'FIGURE'])

function blocks(parent: Node): string {
  let text = ''
  for (const child of parent.childNodes) text += one(child)
  return text
}

function one(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE)
    return escaped((node.textContent ?? '').replaceAll(/\s+/g, ' '))
  if (!(node instanceof Element) || DROPPED.has(node.tagName)) return ''
  const inner = () => blocks(node)
  switch (node.tagName) {
    case 'BR':
      return '\n'
    case 'B':
    case 'STRONG':
      return isPlainWeight(node) ? inner() : marked(inner(), '**')
    case 'I':
    case 'EM':
      return marked(inner(), '_')
    case 'S':
    case 'DEL':
    case 'STRIKE':
      return marked(inner(), '~~')
    case 'CODE':
    case 'KBD':
      return coded(node.textContent ?? '')
    case 'PRE':
      return fenced(node.textContent ?? '')
    case 'A':
      return linked(node, inner())
    case 'BLOCKQUOTE':
      return `\n\n${lined(inner().trim(), '> ')}\n\n`
    case 'UL':
    case 'OL':
      return listed(node)
    case 'TR':
      return `| ${[...node.children].map((cell) => blocks(cell).trim().replaceAll('|', '\\|')).join(' | ')} |\n${rulerAfter(node)}`
    default:
      return otherwise(node, inner())
  }
}

function otherwise(node: Element, inner: string): string {
  if (/^H[1-6]$/.test(node.tagName)) return `\n\n${marked(inner.trim(), '**')}\n\n`
  return BLOCKS.has(node.tagName) || node.tagName === 'TABLE' ? `\n\n${inner.trim()}\n\n` : inner
}

/** Some programs wrap everything in a bold element that says it is not bold. */
function isPlainWeight(node: Element): boolean {
  return /font-weight:\s*(normal|400)/i.test(node.getAttribute('style') ?? '')
}

/** Marks close to the words, spaces outside. */
function marked(inner: string, mark: string): string {
  const words = inner.trim()
  if (words === '' || words.includes('\n')) return inner
  return inner.replace(words, () => `${mark}${words}${mark}`)
}

function coded(text: string): string {
  if (text.includes('\n')) return fenced(text)
  const fence = text.includes('`') ? '``' : '`'
  return text === '' ? '' : `${fence}${text.startsWith('`') ? ` ${text} ` : text}${fence}`
}

function fenced(text: string): string {
  const fence = text.includes('```') ? '~~~~' : '```'
  return `\n\n${fence}\n${text.replace(/\n$/, '')}\n${fence}\n\n`
}

function linked(node: Element, inner: string): string {
  const href = node.getAttribute('href') ?? ''
  const words = inner.trim()
  if (!/^(https?:|mailto:)/i.test(href) || /[\s<>]/.test(href)) return inner
  if (words === '' || words === escaped(href)) return href
  const target = /[()]/.test(href) ? `<${href}>` : href
  return `[${words.replaceAll('\n', ' ')}](${target})`
}

function listed(node: Element): string {
  let number = Number(node.getAttribute('start') ?? 1)
  const items = [...node.children].map((item) => {
    const mark = node.tagName === 'OL' ? `${number++}. ` : '- '
    const inner = blocks(item)
      .trim()
      .replaceAll(/\n{2,}/g, '\n')
    return mark + inner.split('\n').join(`\n${' '.repeat(mark.length)}`)
  })
  return `\n\n${items.join('\n')}\n\n`
}

function lined(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => prefix + line)
    .join('\n')
}

function rulerAfter(row: Element): string {
  const isFirst = row.parentElement?.closest('table')?.querySelector('tr') === row
  return isFirst ? `|${' --- |'.repeat(row.children.length)}\n` : ''
}

/** Letters that would be marks are kept as letters. */
function escaped(text: string): string {
  return text.replaceAll(/([\\*`]|~~|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}]))/gu, '\\$1')
}
