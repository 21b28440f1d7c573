// `[filter=<base64 JMESPath>]name`: a view of a channel that shows the messages for which an expression is true.

import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import type { ChannelMessage, Message } from '@sayso/channel'
import { WireInvalid } from '@sayso/protocol'

const MAX_CHARACTERS = 1_024
const MAX_NODES = 200

/**
 * What an expression may be made of. Nothing here makes a list longer than the message it looks at, so that the work
 * of one message is bounded by its size times the size of the expression.
 */
const ALLOWED_NODES: ReadonlySet<string> = new Set([
  'AndExpression',
  'Comparator',
  'Current',
  'Field',
  'FilterProjection',
  'Flatten',
  'Function',
  'Identity',
  'Index',
  'IndexExpression',
  'Literal',
  'NotExpression',
  'OrExpression',
  'Pipe',
  'Projection',
  'Slice',
  'Subexpression',
  'ValueProjection',
])
const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set([
  'abs',
  'ceil',
  'contains',
  'ends_with',
  'floor',
  'keys',
  'length',
  'lower',
  'not_null',
  'starts_with',
  'to_number',
  'to_string',
  'type',
  'upper',
  'values',
])

/** Leaves the messages of a publish that fit; undefined if none does. */
export type MessageFilter = (event: ChannelMessage) => ChannelMessage | undefined

/**
 * Reads the expression of a filtered channel.
 *
 * @param base64 as it stands in the channel's name
 * @throws {WireInvalid} `bad_parameter`: no JMESPath, too long, or made of more than a filter needs
 */
export function messageFilter(base64: string): MessageFilter {
  const expression = Buffer.from(base64, 'base64').toString('utf8')
  const tree = treeOf(expression)
  return (event) => {
    const messages = event.messages.filter((message) => fits(tree, message))
    if (messages.length === event.messages.length) return event
    return messages.length === 0 ? undefined : { ...event, messages }
  }
}

type Tree = ReturnType<typeof compile>

function treeOf(expression: string): Tree {
  if (expression.length > MAX_CHARACTERS)
    throw invalid(`the filter is longer than ${MAX_CHARACTERS} characters`)
  const tree = compiled(expression)
  let nodes = 0
  for (const node of nodesOf(tree)) {
    nodes += 1
    if (nodes > MAX_NODES) throw invalid('the filter is too large')
    if (!ALLOWED_NODES.has(node.type)) throw invalid(`a filter cannot use \`${node.type}\``)
    if (node.type === 'Function' && !ALLOWED_FUNCTIONS.has(String(node.name)))
      throw invalid(`a filter cannot call \`${String(node.name)}\``)
  }
  return tree
}

function compiled(expression: string): Tree {
  try {
    return compile(expression)
  } catch {
    throw invalid('the filter is not a JMESPath expression')
  }
}

function invalid(message: string): WireInvalid {
  return new WireInvalid('bad_parameter', message)
}

type Node = { readonly type: string; readonly name?: unknown }

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const each of value) yield* nodesOf(each)
    return
  }
  const node = value as Node
  if (typeof node.type === 'string') yield node
  // What a literal holds is data, not a part of the expression.
  if (node.type === 'Literal') return
  for (const each of Object.values(value)) yield* nodesOf(each)
}

/** Only `true` shows a message; an expression that fails on it hides it. */
function fits(tree: Tree, message: Message): boolean {
  try {
    return TreeInterpreter.search(tree, subjectOf(message)) === true
  } catch {
    return false
  }
}

/** What an expression sees: the message's own members, its headers at hand, and JSON data as a value. */
function subjectOf(message: Message): JSONValue {
  const { extras, data, encoding } = message
  const subject = {
    id: message.id,
    name: message.name,
    clientId: message.clientId,
    connectionId: message.connectionId,
    timestamp: message.timestampMs,
    serial: message.serial,
    action: message.action,
    encoding,
    extras,
    headers: extras?.headers,
    data: typeof data !== 'string' ? undefined : encoding === 'json' ? parsed(data) : data,
  }
  return Object.fromEntries(
    Object.entries(subject).map(([key, value]) => [key, value ?? null]),
  ) as JSONValue
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
