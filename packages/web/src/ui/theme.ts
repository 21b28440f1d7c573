// The theme the reader chose, kept on this device. `public/theme.js` applies it before the first paint.

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'sayso.theme'

/** The chosen theme; `system` if none was chosen or storage is closed to us. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

/** Applies a theme now and keeps it. */
export function setTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  try {
    if (next === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, next)
  } catch {
    // Storage is full or closed: the theme holds until the page is left.
  }
}
