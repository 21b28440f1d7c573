// Colours code: the highlighter and each language are fetched when the first code in it is seen.

import type { LanguageFn } from 'highlight.js'
import { createLowlight } from 'lowlight'

/** A piece of code; `kind` is what the language calls it: `keyword`, `string`. */
export type Token = { readonly text: string; readonly kind?: string }

type Load = () => Promise<{ readonly default: LanguageFn }>

const LANGUAGES: Readonly<Record<string, Load>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  dart: () => import('highlight.js/lib/languages/dart'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  elixir: () => import('highlight.js/lib/languages/elixir'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  haskell: () => import('highlight.js/lib/languages/haskell'),
  http: () => import('highlight.js/lib/languages/http'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  nginx: () => import('highlight.js/lib/languages/nginx'),
  perl: () => import('highlight.js/lib/languages/perl'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scala: () => import('highlight.js/lib/languages/scala'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
}

const ALIASES: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  docker: 'dockerfile',
  gql: 'graphql',
  h: 'c',
  hs: 'haskell',
  html: 'xml',
  js: 'javascript',
  jsx: 'javascript',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
}

/** Longer code is shown as it is: colouring it would hold up everything else. */
const LONGEST = 20_000

const lowlight = createLowlight()

/** The code in its pieces; absent: the language is not known, or there is too much of it. */
export async function highlight(
  text: string,
  language: string,
): Promise<readonly Token[] | undefined> {
  const name = Object.hasOwn(ALIASES, language) ? (ALIASES[language] ?? '') : language
  if (text.length > LONGEST || !Object.hasOwn(LANGUAGES, name)) return undefined
  const loaded = await LANGUAGES[name]?.()
  if (loaded === undefined) return undefined
  if (!lowlight.registered(name)) lowlight.register(name, loaded.default)
  return tokensOf(lowlight.highlight(name, text).children, undefined)
}

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

function tokensOf(nodes: readonly Node[], kind: string | undefined): readonly Token[] {
  return nodes.flatMap((node): readonly Token[] => {
    if (node.type === 'text') return [{ text: node.value, ...(kind === undefined ? {} : { kind }) }]
    if (node.type !== 'element') return []
    const [first] = [node.properties.className ?? []].flat()
    const own = typeof first === 'string' ? first.replace(/^hljs-|_$/g, '') : kind
    return tokensOf(node.children as readonly Node[], own)
  })
}
