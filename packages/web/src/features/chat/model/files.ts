// Words and kinds of files, and the links a text holds. Loaded with what is shown of files. Pure.

/** `image`, `audio`, `video` are shown in place; the rest is a row to save. */
export type FileKind = 'image' | 'audio' | 'video' | 'archive' | 'text' | 'paper' | 'other'

export function kindOf(type: string): FileKind {
  const [family] = type.split('/')
  if (family === 'image' || family === 'audio' || family === 'video') return family
  if (/zip|compressed|x-tar|gzip|x-7z|x-rar/.test(type)) return 'archive'
  if (/pdf|word|officedocument|opendocument|rtf|epub/.test(type)) return 'paper'
  return family === 'text' ? 'text' : 'other'
}

/** Whether the browser plays it. */
export function isPlayed(type: string): boolean {
  return type.startsWith('audio/') || type.startsWith('video/')
}

/** Bytes in words: `3.4 MB`; in the reader's language. */
export function sizeText(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power)
}

/** Addresses in a text that a preview may be made of, each once, in their order. */
export function linksIn(text: string): readonly string[] {
  const found = text.match(/https?:\/\/[^\s<>"'`]+/g) ?? []
  const whole = found
    .map((one) => one.replace(/[).,;:!?\]]+$/, ''))
    .filter((one) => URL.canParse(one))
  return [...new Set(whole)]
}
