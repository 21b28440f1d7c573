// The few signs of the panel, drawn in the manner of the pages' icons.

const PATHS = {
  close: ['M18 6 6 18', 'm6 6 12 12'],
  more: ['M12 12h.01', 'M19 12h.01', 'M5 12h.01'],
  send: ['m5 12 7-7 7 7', 'M12 19V5'],
  clip: [
    'm21.4 11-9.2 9.2a6 6 0 0 1-8.5-8.5l8.6-8.6a4 4 0 0 1 5.7 5.7l-8.6 8.6a2 2 0 0 1-2.8-2.9l7.9-7.8',
  ],
  back: ['m12 19-7-7 7-7', 'M19 12H5'],
  down: ['M12 5v14', 'm19 12-7 7-7-7'],
  file: ['M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8z', 'M14 3v5h5'],
  check: ['M20 6 9 17l-5-5'],
  warn: ['M12 8v5', 'M12 16.5h.01', 'M12 3 2 20h20z'],
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`ic ic-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      {PATHS[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  )
}
