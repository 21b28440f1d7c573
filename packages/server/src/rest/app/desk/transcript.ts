// A conversation from its beginning, as the reader may see it now: notes are in it for operators.

import * as z from 'zod'
import { readTranscript } from '../../../commands/desk/read-transcript.ts'
import { channelOfConversation, conversationNamed, requireDesk } from '../../../desk/desk-type.ts'
import { transcriptText } from '../../../desk/transcript-text.ts'
import { type AppRoute, route } from '../route.ts'
import { entryOf } from './conversations.ts'

const lineShape = z
  .object({
    serial: z.string(),
    atMs: z.number(),
    kind: z.enum(['text', 'note', 'file', 'event']),
    by: z.string().optional(),
    text: z.string(),
  })
  .meta({ id: 'TranscriptLine' })

export const transcriptRoutes: readonly AppRoute[] = [
  route({
    method: 'GET',
    path: '/desk/conversations/:key/transcript',
    id: 'readTranscript',
    tag: 'desk',
    summary: 'A conversation from its beginning, notes included',
    about: 'The latest 5,000 lines. With `format=text` it is a text to keep, times in UTC.',
    needs: { who: 'signed-in', asks: '`history` on it' },
    params: { key: 'key of the conversation' },
    query: z.object({ format: z.enum(['json', 'text']).default('json') }),
    answers: { 200: { what: 'The lines.', schema: z.object({ lines: z.array(lineShape) }) } },
    problems: ['conversation_unknown', 'desk_not_set_up'],
    run: async ({ c, deps, asker, params: { key }, query }) => {
      const { conversation } = entryOf(deps, asker, key)
      const { world } = deps.context.standing
      const channel = channelOfConversation(world, conversationNamed(requireDesk(world), key))
      const lines = await readTranscript(deps.context, asker, channel)
      if (query.format === 'json') return c.json({ lines })
      c.header('content-type', 'text/plain; charset=utf-8')
      c.header('content-disposition', `attachment; filename="${key}.txt"`)
      return c.body(`${transcriptText(lines, conversation, key).join('\n')}\n`)
    },
  }),
]
