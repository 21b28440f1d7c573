// Everything of one kind as JSON lines, one after the other, for whoever wants to take it elsewhere.

import { formatRelation } from '@sayso/policy'
import { noteRead } from '../../commands/note-read.ts'
import type { AppRest } from './deps.ts'
import { grantView } from './grant-view.ts'
import { type AppRoute, route } from './route.ts'

/** Lines made between two turns of the event loop. */
const SLICE = 200

type Line = Readonly<Record<string, unknown>>

function exportRoute(
  kind: string,
  id: string,
  summary: string,
  lines: (deps: AppRest) => Iterable<Line>,
): AppRoute {
  return route({
    method: 'GET',
    path: `/exports/${kind}`,
    id,
    tag: 'exports',
    summary,
    about: 'As everything stood when it was asked for.',
    needs: { who: 'person-or-key', may: 'export' },
    answers: { 200: { what: 'JSON lines.', type: 'application/jsonl' } },
    run: async ({ deps, asker }) => {
      await noteRead(deps.context, asker, 'read.export', `exports/${kind}`)
      return new Response(streamOf(lines(deps)), {
        headers: {
          'content-type': 'application/jsonl',
          'content-disposition': `attachment; filename="${kind}.jsonl"`,
          'cache-control': 'no-store',
        },
      })
    },
  })
}

export const exportRoutes: readonly AppRoute[] = [
  exportRoute('people', 'exportPeople', 'All people with their attributes', function* (deps) {
    const { facts } = deps.context.standing.world
    for (const [subject, attributes] of facts.people()) yield { subject, attributes }
  }),
  exportRoute('grants', 'exportGrants', 'All grants, also those that wait', function* (deps) {
    const { world } = deps.context.standing
    for (const tuple of world.facts.tuples()) yield grantView(world, tuple)
    for (const [tuple] of world.facts.pending()) yield grantView(world, tuple)
  }),
  exportRoute('resources', 'exportResources', 'All resources and relations', function* (deps) {
    const { facts, policy } = deps.context.standing.world
    for (const type of new Set([...policy.types.keys(), 'tenant'])) {
      for (const [resource, attributes] of facts.resourcesOfType(type))
        yield { resource, attributes }
    }
    for (const tuple of facts.relations()) yield { relation: formatRelation(tuple) }
  }),
]

function streamOf(lines: Iterable<Line>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = lines[Symbol.iterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve))
      let text = ''
      for (let count = 0; count < SLICE; count += 1) {
        const { done, value } = iterator.next()
        if (done === true) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          return controller.close()
        }
        text += `${JSON.stringify(value)}\n`
      }
      controller.enqueue(encoder.encode(text))
    },
  })
}
