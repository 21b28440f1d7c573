// What other parts of the chat put into the composer. A part takes its place by filling in `useSlots`.

import { useFiles } from '../files/use-files.tsx'
import type { SlotProps, Slots } from './slots.ts'

/** Everything the parts put in now. */
export function useSlots(props: SlotProps): Slots {
  return useFiles(props)
}
