// Sets the theme before the first paint. A file of its own, so that a strict content policy needs no exception.
;(() => {
  try {
    const theme = localStorage.getItem('sayso.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // Storage is closed to us: the system's theme applies.
  }
})()
