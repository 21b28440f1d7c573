// How a resource is shown and treated, as one person may know it: read from its attributes, whatever they hold.

import type { Attributes, ResourceId, SubjectId, World } from '@sayso/policy'
import type { ResourceView } from '@sayso/protocol'
import { LONGEST_PACE_S } from '../pace.ts'
import { blockSeen } from './blocks.ts'
import { partnersOf, titleFor } from './directs.ts'

type Described = Omit<ResourceView, 'resource' | 'title' | 'actions' | 'roles'> & {
  readonly title?: string
}

export function described(
  world: World,
  subject: SubjectId | undefined,
  resource: ResourceId,
  { locked, mayConfigure }: { readonly locked: boolean; readonly mayConfigure: boolean },
): Described {
  const attributes = world.facts.resource(resource) ?? {}
  const { listed, join } = attributes
  const isOpen = join === 'open'
  return {
    ...shown(attributes),
    ...(locked ? {} : treated(attributes)),
    ...(attributes.archived === true ? { archived: true } : {}),
    ...(mayConfigure ? { listed: listed === true } : {}),
    ...(mayConfigure && attributes.previews === false ? { previews: false } : {}),
    ...(isOpen && (mayConfigure || (locked && listed === true)) ? { join: 'open' as const } : {}),
    ...(locked ? {} : amongPeople(world, subject, resource)),
  }
}

function shown({ title, about, glyph, order }: Attributes): Described {
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof about === 'string' ? { about } : {}),
    ...(typeof glyph === 'string' ? { glyph } : {}),
    ...(typeof order === 'number' ? { order } : {}),
  }
}

function treated({ paceSeconds, readOnly }: Attributes): Described {
  const isPaced = typeof paceSeconds === 'number' && paceSeconds > 0
  return {
    ...(isPaced ? { paceSeconds: Math.min(paceSeconds, LONGEST_PACE_S) } : {}),
    ...(readOnly === true ? { readOnly } : {}),
  }
}

function amongPeople(
  world: World,
  subject: SubjectId | undefined,
  resource: ResourceId,
): Described {
  const people = partnersOf(world, resource)
  if (people === undefined) return {}
  const blocked = blockSeen(world, subject, resource)
  return {
    title: titleFor(people, subject),
    people,
    ...(blocked === undefined ? {} : { blocked }),
  }
}
