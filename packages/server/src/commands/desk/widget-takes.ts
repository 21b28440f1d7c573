// What files visitors may send is what the widget says by which their conversation came.

import type { ChannelName } from '@sayso/policy'
import type { Context } from '../../context.ts'
import { conversationOn, factsOf } from '../../desk/desk-type.ts'
import { isVisitorCredential } from '../../desk/visitors/credential.ts'
import { widgetNamed } from '../../desk/widgets/widget.ts'
import type { Asker } from '../asker.ts'
import { Failure } from '../failure.ts'
import type { FileFacts } from '../may-attach.ts'

/** Operators are not held to it. @throws {Failure} `denied`, `file_too_large` */
export async function requireWidgetTakes(
  { standing, store }: Context,
  { credential }: Asker,
  channel: ChannelName,
  { type, bytes }: FileFacts,
): Promise<void> {
  if (!isVisitorCredential(credential)) return
  const resource = conversationOn(standing.world, channel)
  const id = resource && factsOf(standing.world, resource)?.widget
  const widget = id === undefined ? undefined : await widgetNamed(store, id)
  if (widget === undefined) return
  const { isOn, maxBytes, types } = widget.files
  if (!isOn) throw new Failure('denied', 'this site takes no files')
  if (bytes > maxBytes)
    throw new Failure('file_too_large', `the file has ${bytes} bytes; the limit is ${maxBytes}`)
  const [kind = ''] = type.split('/', 1)
  if (types.length > 0 && !types.includes(type) && !types.includes(`${kind}/*`))
    throw new Failure('denied', `this site takes no files of the type \`${type}\``, {
      remedy: `send ${types.join(', ')}`,
    })
}
