// Types, how they point to each other, and roles that come by it: drawn, and as a list.

import { type ReactNode, useMemo } from 'react'
import { type Graph, type GraphEdge, graphOf, NODE_HEAD, NODE_WIDTH } from './model/graph.ts'
import { texts } from './texts.ts'
import type { PartProps } from './view.ts'

export function GraphPart({ document }: PartProps): ReactNode {
  const graph = useMemo(() => graphOf(document), [document])
  return (
    <div className="page-scroll graph-part">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className="graph" aria-label={texts.graph.label} tabIndex={0}>
        <Drawing graph={graph} />
      </section>
      <section aria-label={texts.graph.asList}>
        <h2 className="nav-h">{texts.graph.asList}</h2>
        {graph.edges.length === 0 ? <p className="sm dim">{texts.graph.none}</p> : null}
        <ul className="graph-list sm">
          {graph.edges.map((edge) => (
            <li key={keyOf(edge)}>{sentenceOf(edge)}</li>
          ))}
        </ul>
        <dl className="facts">
          {graph.nodes.map(({ type, title, roles }) => (
            <div key={type} className="contents">
              <dt>{title}</dt>
              <dd>{roles.map((role) => role.title).join(', ') || '–'}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

function keyOf({ kind, from, to, name, role }: GraphEdge): string {
  return [kind, from, to, name, role?.gives, role?.holds].join(' ')
}

function sentenceOf({ from, to, name, role }: GraphEdge): string {
  if (role === undefined) return texts.graph.relation(from, name, to)
  const text = texts.graph.derived(from, role.gives, to, role.holds, name)
  return role.isIf ? `${text}, ${texts.graph.isIf}` : text
}

function Drawing({ graph }: { readonly graph: Graph }): ReactNode {
  return (
    <svg
      width={graph.width}
      height={graph.height}
      viewBox={`0 0 ${graph.width} ${graph.height}`}
      aria-hidden="true"
    >
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M 0 0 L 8 4 L 0 8 z" className="arrow" />
        </marker>
      </defs>
      {graph.nodes.map((node) => (
        <g key={node.type}>
          <rect
            className="node"
            x={node.x}
            y={node.y}
            width={NODE_WIDTH}
            height={node.height}
            rx={14}
          />
          <text className="name" x={node.x + 16} y={node.y + 27}>
            {node.title}
          </text>
          <line
            className="rule"
            x1={node.x}
            x2={node.x + NODE_WIDTH}
            y1={node.y + NODE_HEAD - 4}
            y2={node.y + NODE_HEAD - 4}
          />
          {node.roles.map((role) => (
            <text key={role.name} className="role" x={node.x + 16} y={role.y + 18}>
              {role.title}
            </text>
          ))}
        </g>
      ))}
      {graph.edges.map((edge) => (
        <g key={keyOf(edge)}>
          <path className={`edge ${edge.kind}`} d={edge.path} markerEnd="url(#arrow)" />
          <text
            className="label"
            x={edge.label.x}
            y={edge.label.y - 6}
            textAnchor={edge.label.isBeside === true ? 'start' : 'middle'}
          >
            {edge.name}
          </text>
        </g>
      ))}
    </svg>
  )
}
