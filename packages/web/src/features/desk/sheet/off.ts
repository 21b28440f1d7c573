// Why a button or dialog can no longer be used: the right went while it was there. What was entered stays.

import type { Control } from '../store/rights.ts'

export function offOf(right: Control): string | undefined {
  return right.kind === 'off' ? right.reason : undefined
}
