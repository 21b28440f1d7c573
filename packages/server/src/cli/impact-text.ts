// What a policy would do to everybody, as lines for people.

import { ANONYMOUS } from '@sayso/policy'
import type { ServerImpact } from './server-calls.ts'

/** Lines of one list; the rest is counted. */
const MOST = 20

type Sum = { readonly gained: number; readonly lost: number }

/** The impact in lines; the lists in it are cut, those in JSON are not. */
export function impactText(impact: ServerImpact): readonly string[] {
  const { revision, people, resources, live, byRole, byResource, samples } = impact
  const head = `Impact at revision ${revision}:`
  if (people === 0) return [head, '  nobody known here gains or loses anything']
  return [
    head,
    `  ${count(people, 'person', 'people')} on ${count(resources, 'resource', 'resources')}: ${sumText(impact)}`,
    `  ${count(live.connections, 'live connection', 'live connections')} of ${count(live.people, 'person', 'people')}`,
    '  by role:',
    ...listed(byRole, (sum) => `${sum.role} of ${sum.type ?? 'the tenant'}: ${sumText(sum)}`),
    '  by resource:',
    ...listed(
      byResource,
      (sum) => `${sum.resource}: ${sumText(sum)}, ${count(sum.people, 'person', 'people')}`,
    ),
    '  for example:',
    ...listed(samples, ({ subject, resource, gained, lost }) => {
      const who = subject === ANONYMOUS ? 'a visitor without a name' : subject
      return `${who} ${[...moved('gains', gained), ...moved('loses', lost)].join(' and ')} on ${resource}`
    }),
  ]
}

function listed<T>(items: readonly T[], text: (item: T) => string): readonly string[] {
  if (items.length === 0) return ['    none']
  const more = items.length > MOST ? [`    and ${items.length - MOST} more`] : []
  return [...items.slice(0, MOST).map((item) => `    ${text(item)}`), ...more]
}

function moved(verb: string, actions: readonly string[]): readonly string[] {
  return actions.length === 0 ? [] : [`${verb} ${actions.join(', ')}`]
}

function sumText({ gained, lost }: Sum): string {
  return `${gained} gained, ${lost} lost`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
