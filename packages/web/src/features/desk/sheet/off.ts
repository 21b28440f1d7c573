// Why a dialog can no longer be confirmed: the right went while it was open. What was entered stays.

import type { Control } from '../store/rights.ts'

export function offOf(right: Control): string | undefined {
  return right.kind === 'off' ? right.reason : undefined
}
