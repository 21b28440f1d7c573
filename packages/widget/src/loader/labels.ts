// What the page says itself: what the launcher is called until the panel has been asked, which is its title, and that the panel
// does not come. In the language of the page.

type Labels = readonly [title: string, unavailable: string]

const ENGLISH: Labels = ['Chat with us', 'The chat is not available.']
const LABELS: Readonly<Record<string, Labels>> = {
  ar: ['راسلنا', 'المحادثة غير متاحة.'],
  de: ['Schreiben Sie uns', 'Der Chat ist nicht verfügbar.'],
  en: ENGLISH,
  es: ['Escríbenos', 'El chat no está disponible.'],
  fr: ['Écrivez-nous', 'La discussion n’est pas disponible.'],
  he: ['כתבו לנו', 'הצ׳אט אינו זמין.'],
  it: ['Scrivici', 'La chat non è disponibile.'],
  nl: ['Chat met ons', 'De chat is niet beschikbaar.'],
  pl: ['Napisz do nas', 'Czat jest niedostępny.'],
  pt: ['Fale conosco', 'O chat não está disponível.'],
}

/** @param wanted language tags, the first first */
export function labelsIn(wanted: readonly string[]): Labels {
  for (const tag of wanted) {
    const labels = LABELS[tag.toLowerCase().split('-')[0] ?? '']
    if (labels !== undefined) return labels
  }
  return ENGLISH
}
