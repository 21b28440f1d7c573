// What the menu of a message and its dialogs are given.

import type { Entry } from '../../model/timeline.ts'
import type { ReadMark } from '../../store/use-read-mark.ts'
import type { BesideProps, OpenChannel, PartProps } from '../props.ts'

export type ActsNeeds = PartProps &
  OpenChannel &
  BesideProps & {
    readonly onEdit: (serial: string) => void
    /** What one has read here; a thread has no mark of its own. */
    readonly readMark?: ReadMark
    /** In the pane of a thread: nothing there is quoted, and nothing opens another thread. */
    readonly isThread?: boolean
    /** Finds what is shown and not held by the session. */
    readonly find?: (serial: string) => Entry | undefined
  }
