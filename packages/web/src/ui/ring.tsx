// A countdown: the digits are the truth, the ring the glance. It empties clockwise, once a second, without easing.

import type { ReactNode } from 'react'

export function Ring(props: {
  /** 1 is full, 0 is empty. */
  readonly share: number
  readonly digits: string
  readonly size: 'card' | 'button'
}): ReactNode {
  const { share, digits, size } = props
  const [box, width] = size === 'card' ? [52, 4] : [32, 3]
  const radius = (box - width) / 2
  const length = 2 * Math.PI * radius
  const at = { cx: box / 2, cy: box / 2, r: radius, fill: 'none', strokeWidth: width }
  return (
    <span className={`ring ${size}`} aria-hidden="true">
      <svg width={box} height={box} viewBox={`0 0 ${box} ${box}`} aria-hidden="true">
        <circle {...at} stroke="var(--line)" />
        <circle
          {...at}
          stroke="var(--accent)"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - share)}
          transform={`rotate(-90 ${box / 2} ${box / 2})`}
        />
      </svg>
      <span className="num">{digits}</span>
    </span>
  )
}
