// The sign of a cell.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'

export function Glyph({ kind }: { readonly kind: string }): ReactNode {
  if (kind === 'allowed') return <Icon name="check" />
  if (kind === 'forbidden') return <Icon name="ban" />
  return kind === 'inherited' ? <Icon name="corner-left-down" /> : <span>–</span>
}
