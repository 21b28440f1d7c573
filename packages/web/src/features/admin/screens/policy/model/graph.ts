// Types, relations and derived roles as a drawing: what points to another stands left of it. Pure.

import type { PolicyDocument } from '@sayso/policy'

export type GraphNode = {
  readonly type: string
  readonly title: string
  readonly x: number
  readonly y: number
  readonly height: number
  readonly roles: readonly { readonly name: string; readonly title: string; readonly y: number }[]
}

export type GraphEdge = {
  readonly kind: 'relation' | 'derived'
  readonly from: string
  readonly to: string
  /** The relation; for a role derived, the relation it comes by. */
  readonly name: string
  /** Of a role derived: which, from which. */
  readonly role?: { readonly gives: string; readonly holds: string; readonly isIf: boolean }
  readonly path: string
  /** `isBeside`: it begins there; otherwise its middle is there. */
  readonly label: { readonly x: number; readonly y: number; readonly isBeside?: true }
}

export type Graph = {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly width: number
  readonly height: number
}

const WIDTH = 220
const GAP_X = 150
const GAP_Y = 28
const HEAD = 44
const ROLE = 28
const PAD = 16
const TENANT = 'tenant'

type Link = Pick<GraphEdge, 'kind' | 'from' | 'to' | 'name' | 'role'>

export function graphOf(document: PolicyDocument): Graph {
  const links = linksOf(document)
  const types = [...new Set([...Object.keys(document.types), TENANT])]
  const layers = layersOf(types, links)
  const nodes = placed(document, types, layers)
  const edges = links.map((link, index) => drawn(link, index, nodes))
  const right = Math.max(0, ...nodes.map(({ x }) => x + WIDTH))
  const bottom = Math.max(0, ...nodes.map(({ y, height }) => y + height))
  const own = links.some(({ from, to }) => from === to) ? 90 : 0
  return { nodes, edges, width: right + PAD + own, height: bottom + PAD }
}

export const NODE_WIDTH = WIDTH
export const NODE_HEAD = HEAD

function linksOf(document: PolicyDocument): readonly Link[] {
  return Object.entries(document.types).flatMap(([from, { relations = {}, roles }]) => {
    const related = Object.entries(relations).flatMap(([name, targets]) =>
      targets.map((to): Link => ({ kind: 'relation', from, to, name })),
    )
    const derived = Object.entries(roles).flatMap(([gives, role]) =>
      (role.from ?? []).flatMap(({ via, role: holds, when }) =>
        (relations[via] ?? (via === TENANT ? [TENANT] : [])).map(
          (to): Link => ({
            kind: 'derived',
            from,
            to,
            name: via,
            role: { gives, holds, isIf: when !== undefined },
          }),
        ),
      ),
    )
    return [...related, ...derived]
  })
}

/** Longest way to a type that points nowhere; going in circles counts once. */
function layersOf(types: readonly string[], links: readonly Link[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>()
  const depth = (type: string, way: readonly string[]): number => {
    const old = known.get(type)
    if (old !== undefined) return old
    if (way.includes(type)) return 0
    const next = links.filter(({ from, to }) => from === type && to !== type)
    const found = next.map(({ to }) => depth(to, [...way, type]) + 1)
    const deepest = Math.max(type === TENANT ? 0 : 1, ...found)
    known.set(type, deepest)
    return deepest
  }
  for (const type of types) depth(type, [])
  return known
}

function placed(
  document: PolicyDocument,
  types: readonly string[],
  layers: ReadonlyMap<string, number>,
): readonly GraphNode[] {
  const deepest = Math.max(0, ...layers.values())
  const heights = new Map<number, number>()
  return types.map((type) => {
    const layer = deepest - (layers.get(type) ?? 0)
    const own = type === TENANT ? document.tenant.roles : (document.types[type]?.roles ?? {})
    const y = heights.get(layer) ?? PAD
    const height = HEAD + Math.max(1, Object.keys(own).length) * ROLE + 8
    heights.set(layer, y + height + GAP_Y)
    return {
      type,
      title: document.types[type]?.title ?? type.charAt(0).toUpperCase() + type.slice(1),
      x: PAD + layer * (WIDTH + GAP_X),
      y,
      height,
      roles: Object.entries(own).map(([name, { title }], index) => ({
        name,
        title: title ?? name,
        y: y + HEAD + index * ROLE,
      })),
    }
  })
}

function drawn(link: Link, index: number, nodes: readonly GraphNode[]): GraphEdge {
  const from = nodes.find(({ type }) => type === link.from)
  const to = nodes.find(({ type }) => type === link.to)
  if (from === undefined || to === undefined) return { ...link, path: '', label: { x: 0, y: 0 } }
  const start = { x: from.x + WIDTH, y: heightOf(from, link.role?.gives) }
  if (from === to) {
    const end = heightOf(to, link.role?.holds) + 14
    const far = start.x + 64
    const path = `M ${start.x} ${start.y} C ${far} ${start.y} ${far} ${end} ${start.x} ${end}`
    return {
      ...link,
      path,
      label: { x: start.x + 54, y: (start.y + end) / 2 + 10, isBeside: true },
    }
  }
  const isBack = to.x <= from.x
  const end = { x: isBack ? to.x + WIDTH : to.x, y: heightOf(to, link.role?.holds) }
  const middle = isBack ? start.x + 70 + index * 4 : (start.x + end.x) / 2
  const path = `M ${start.x} ${start.y} C ${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`
  return { ...link, path, label: { x: middle, y: (start.y + end.y) / 2 } }
}

function heightOf(node: GraphNode, role: string | undefined): number {
  const at = node.roles.find(({ name }) => name === role)
  return at === undefined ? node.y + HEAD / 2 : at.y + ROLE / 2
}
