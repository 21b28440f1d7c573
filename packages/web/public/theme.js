// What is begun before the pages' script is here: the question who is signed in (`src/app/session.ts` takes the answer) and
// their first token (`src/app/use-realtime.ts`), and the chosen look, before the first paint (`src/ui/choices.ts` keeps the
// choices, and applies them when they change). A file of its own, so that a strict content policy needs no exception.
globalThis.saysoSession = fetch('/api/v1/session', { cache: 'no-store' })
  .then((answer) => (answer.ok ? answer.json() : undefined))
  .catch(() => undefined)
if (/^\/(chat|admin|desk)(\/|$)/.test(location.pathname)) {
  globalThis.saysoToken = globalThis.saysoSession
    .then((session) =>
      session?.person !== undefined && session.shutOut === undefined
        ? fetch('/api/realtime/token', { cache: 'no-store', signal: AbortSignal.timeout(8_000) })
        : undefined,
    )
    .then((answer) => (answer?.ok ? answer.text() : undefined))
    .catch(() => undefined)
}
;(() => {
  try {
    const look = JSON.parse(localStorage.getItem('sayso.choices') || '{}')
    const root = document.documentElement
    const known = {
      theme: ['light', 'dark'],
      contrast: ['more'],
      density: ['compact'],
      motion: ['none'],
    }
    for (const [name, values] of Object.entries(known)) {
      if (values.includes(look[name])) root.dataset[name] = look[name]
    }
    const size = look.textSize
    if (Number.isInteger(size) && size >= 12 && size <= 20 && size !== 15)
      root.style.fontSize = `${(size / 15) * 100}%`
    // `model/pane-widths.ts` keeps how wide the panes of the chat are.
    const panes = JSON.parse(localStorage.getItem('sayso.panes') || '{}')
    const bounds = { rail: [208, 360], aside: [240, 400] }
    for (const [side, [least, most]] of Object.entries(bounds)) {
      const px = panes[side]
      if (Number.isInteger(px) && px >= least && px <= most)
        root.style.setProperty(`--${side}`, `${px}px`)
    }
  } catch {
    // Storage is closed to us: the system's look applies.
  }
})()
