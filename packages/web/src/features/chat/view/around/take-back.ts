// Takes back what was not sent, to be written on.

import { refOf } from '../../model/refs.ts'
import type { UnsentRowProps } from '../props.ts'

export function takeBack({ acts, sender, row: { item } }: UnsentRowProps): void {
  const ref = refOf(item.extras)
  // What is for a thread and its channel is a draft of the thread: there it is taken back, and until then it stays as it is.
  if (ref?.type === 'thread' && !acts.isThread) return acts.openThread(ref.serial)
  acts.takeBack(item)
  sender.discard(item.id)
}
