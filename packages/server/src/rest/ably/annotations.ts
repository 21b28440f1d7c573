// Annotations over REST: publish, list, and what they add up to for one client.

import type { Annotation } from '@sayso/channel'
import type { Operation } from '@sayso/policy'
import {
  type Format,
  type HistoryMessage,
  historyItem,
  linkHeader,
  parseAnnotationsBody,
  parsePageQuery,
} from '@sayso/protocol'
import { annotationSerialsOf, newAnnotation, wireAnnotation } from '../../ably/shapes.ts'
import { annotate } from '../../commands/annotate.ts'
import { readAnnotations, readClientSummary } from '../../commands/read-annotations.ts'
import { answer, answerFormat } from './answer.ts'
import { readBody } from './body.ts'
import type { Call, Permission, Route } from './route.ts'

const ANNOTATIONS = '/channels/:channel/messages/:serial/annotations'

const onChannel = (may: Operation): Permission => ({ who: 'credential', may: [may], on: 'channel' })

export const annotationRoutes: readonly Route[] = [
  { method: 'POST', path: ANNOTATIONS, needs: onChannel('annotation-publish'), run: post },
  { method: 'GET', path: ANNOTATIONS, needs: onChannel('annotation-subscribe'), run: list },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:serial/client-summary',
    needs: onChannel('history'),
    run: clientSummary,
  },
]

async function post(call: Call): Promise<Response> {
  const { c, deps } = call
  const [asker, channel, serial] = [call.asker(), call.channel(), c.req.param('serial') ?? '']
  const sent = parseAnnotationsBody(await readBody(c, deps.maxBodyBytes))
  const annotations = sent.map((each) => newAnnotation(each, serial))
  const committed = await annotate(deps.context, asker, { channel, annotations })
  return answer(c, 201, { serials: annotationSerialsOf(committed) })
}

async function list({ c, deps, asker, channel }: Call): Promise<Response> {
  const { limit, cursor } = parsePageQuery(c.req.query())
  const page = await readAnnotations(deps.context, asker(), {
    channel: channel(),
    messageSerial: c.req.param('serial') ?? '',
    limit,
    ...(cursor === undefined ? {} : { afterSerial: cursor }),
  })
  const last = page.hasMore ? page.annotations.at(-1)?.serial : undefined
  const links = linkHeader('annotations', {
    first: { limit },
    current: { limit, cursor },
    ...(last !== undefined && { next: { limit, cursor: last } }),
  })
  const items = page.annotations.map((annotation) => item(annotation, answerFormat(c)))
  return answer(c, 200, items, links)
}

async function clientSummary({ c, deps, asker, channel }: Call): Promise<Response> {
  const client = c.req.query('forClientId')
  const serial = c.req.param('serial') ?? ''
  return answer(c, 200, await readClientSummary(deps.context, asker(), channel(), serial, client))
}

function item(annotation: Annotation, format: Format) {
  return historyItem(wireAnnotation(annotation) as unknown as HistoryMessage, format)
}
