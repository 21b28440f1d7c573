// Annotations over REST: publish, list, and what they add up to for one client.

import type { Annotation } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import {
  type Format,
  type HistoryMessage,
  historyItem,
  linkHeader,
  parseAnnotationsBody,
  parsePageQuery,
} from '@sayso/protocol'
import { Hono, type Context as HonoContext } from 'hono'
import { channelName } from '../../ably/channel-name.ts'
import { annotationSerialsOf, newAnnotation, wireAnnotation } from '../../ably/shapes.ts'
import { annotate } from '../../commands/annotate.ts'
import type { Asker } from '../../commands/asker.ts'
import { readAnnotations, readClientSummary } from '../../commands/read-annotations.ts'
import { answer, answerFormat } from './answer.ts'
import { readBody } from './body.ts'
import { requester } from './credentials.ts'
import type { AblyRest } from './deps.ts'
import { WornTokens } from './worn-tokens.ts'

export function annotationRoutes(deps: AblyRest): Hono {
  const app = new Hono()
  const worn = new WornTokens()
  const who = (c: HonoContext): Asker => requester(c, deps.ring, worn, deps.context.now()).asker
  const name = (c: HonoContext): ChannelName => channelName(c.req.param('channel') ?? '')

  app.post('/channels/:channel/messages/:serial/annotations', async (c) => {
    const [asker, channel, serial] = [who(c), name(c), c.req.param('serial')]
    const sent = parseAnnotationsBody(await readBody(c, deps.maxBodyBytes))
    const annotations = sent.map((each) => newAnnotation(each, serial))
    const committed = await annotate(deps.context, asker, { channel, annotations })
    return answer(c, 201, { serials: annotationSerialsOf(committed) })
  })
  app.get('/channels/:channel/messages/:serial/annotations', async (c) => {
    const { limit, cursor } = parsePageQuery(c.req.query())
    const page = await readAnnotations(deps.context, who(c), {
      channel: name(c),
      messageSerial: c.req.param('serial'),
      limit,
      ...(cursor === undefined ? {} : { afterSerial: cursor }),
    })
    const last = page.hasMore ? page.annotations.at(-1)?.serial : undefined
    const links = linkHeader('annotations', {
      first: { limit },
      current: { limit, cursor },
      ...(last !== undefined && { next: { limit, cursor: last } }),
    })
    const format = answerFormat(c)
    return answer(
      c,
      200,
      page.annotations.map((annotation) => item(annotation, format)),
      links,
    )
  })
  app.get('/channels/:channel/messages/:serial/client-summary', async (c) => {
    const client = c.req.query('forClientId')
    const serial = c.req.param('serial')
    return answer(c, 200, await readClientSummary(deps.context, who(c), name(c), serial, client))
  })
  return app
}

function item(annotation: Annotation, format: Format) {
  return historyItem(wireAnnotation(annotation) as unknown as HistoryMessage, format)
}
