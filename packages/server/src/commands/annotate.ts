// Annotate messages, or take annotations back: decide, commit, return. Adding up is the store's job, telling the feed's.

import type { NewAnnotation } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import { messageSize } from '@sayso/protocol'
import { annotationMethod, type Committed } from '@sayso/store'
import type { Context } from '../context.ts'
import { hasReceiveRules } from '../receivers.ts'
import { type Asker, identify } from './asker.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import { Failure } from './failure.ts'
import { require, requireMutable } from './may.ts'
import { claimedExtras, MAX_MESSAGE_BYTES } from './publish.ts'

export type Annotate = {
  readonly channel: ChannelName
  readonly annotations: readonly NewAnnotation[]
  /** As of a publish. */
  readonly idBase?: string
}

/**
 * Commits annotations, all or none; a repeat of the same ids returns the first commit.
 *
 * @throws {Failure} `denied`, `client_id_mismatch`, `client_id_required`, `invalid`, `message_too_large`, `message_unknown`, …
 */
export async function annotate(
  context: Context,
  asker: Asker,
  input: Annotate,
): Promise<Committed> {
  const { channel, idBase } = input
  const { connectionId } = asker
  if (input.annotations.length === 0) throw new Failure('invalid', 'there is nothing to publish')
  const annotations = input.annotations.map((annotation) => prepared(asker, annotation, channel))
  const bytes = annotations.reduce((sum, annotation) => sum + messageSize(annotation), 0)
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Failure(
      'message_too_large',
      `the annotations have ${bytes} bytes; the limit is ${MAX_MESSAGE_BYTES}`,
    )
  }
  return decideAndCommit(context, (world) => {
    require(world, asker, 'annotation-publish', channel)
    requireMutable(world, channel)
    return {
      entries: [
        {
          kind: 'annotate',
          channel,
          annotations,
          withMessages: hasReceiveRules(world, channel),
          ...(connectionId === undefined ? {} : { connectionId }),
          ...(idBase === undefined ? {} : { idBase }),
        },
      ],
    }
  })
}

function prepared(asker: Asker, annotation: NewAnnotation, channel: ChannelName): NewAnnotation {
  const clientId = identify(asker, annotation.clientId)
  requireCountable(annotation, clientId)
  const { clientId: _claimed, extras, ...rest } = annotation
  const kept = claimedExtras(asker, extras, channel)
  return {
    ...rest,
    ...(clientId === undefined ? {} : { clientId }),
    ...(kept === undefined ? {} : { extras: kept }),
  }
}

/** What the method of the type counts by must be there. */
function requireCountable(
  { type, name, action }: NewAnnotation,
  clientId: string | undefined,
): void {
  const method = annotationMethod(type)
  if (method === undefined || method === 'total') return
  const isOneOfMany = method === 'multiple' && action === 'create'
  if (clientId === undefined && !isOneOfMany) {
    throw new Failure(
      'client_id_required',
      `\`${type}\` counts clients, and this one has no clientId`,
      {
        remedy: 'use a token with a clientId',
      },
    )
  }
  const needsName = method !== 'flag' && !(method === 'unique' && action === 'delete')
  if (needsName && (name === undefined || name === ''))
    throw new Failure('invalid', `\`${type}\` counts by name: the annotation needs a \`name\``)
  // A member of that name is no data to some readers.
  if (name === '__proto__')
    throw new Failure('invalid', 'an annotation cannot be called `__proto__`')
}
