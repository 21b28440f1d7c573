// What stands in the field and is not sent, kept by the browser for the visitor it belongs to.

const NAME = 'sayso-widget-draft'

export function readDraft(visitor: string): string {
  try {
    return localStorage.getItem(`${NAME}:${visitor}`) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(visitor: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(`${NAME}:${visitor}`)
    else localStorage.setItem(`${NAME}:${visitor}`, text)
  } catch {
    // It stays in the field.
  }
}
