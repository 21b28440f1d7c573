// What the launcher is called until the panel has been asked: its own title, in the language of the page.

const LABELS: Readonly<Record<string, string>> = {
  ar: 'راسلنا',
  de: 'Schreiben Sie uns',
  en: 'Chat with us',
  es: 'Escríbenos',
  fr: 'Écrivez-nous',
  he: 'כתבו לנו',
  it: 'Scrivici',
  nl: 'Chat met ons',
  pl: 'Napisz do nas',
  pt: 'Fale conosco',
}

/** @param wanted language tags, the first first */
export function labelIn(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const label = LABELS[tag.toLowerCase().split('-')[0] ?? '']
    if (label !== undefined) return label
  }
  return LABELS.en ?? ''
}
