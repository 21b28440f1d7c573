// A message's text on screen: the tree as React elements, never as HTML. Every block finds its own direction, and names are
// kept apart from the direction of what stands around them.

import { createContext, Fragment, type ReactNode, Suspense, use, useMemo } from 'react'
import { lazy } from '../../../ui/late.ts'
import { type Mentionable, mentionPieces } from '../model/mentions.ts'
import { WhoContext } from '../view/who-context.ts'
import { ChannelWord } from './channel-word.tsx'
import { isMisleading } from './links.ts'
import { isOnlyEmoji } from './only-emoji.ts'
import { blocksOf } from './read.ts'
import type { Block, Inline } from './tree.ts'

const EmojiCode = lazy(() => import('./emoji-code.tsx'))
const CodeBlock = lazy(async () => ({ default: (await import('./code-block.tsx')).CodeBlock }))

type SaidProps = {
  /** The text as it was sent. */
  readonly source: string
  /** Who is meant by the names after an `@`. */
  readonly mentions?: readonly Mentionable[]
  /** Id of the reader: a mention of oneself stands out. */
  readonly me?: string
  /** The language it is in, if that is known. */
  readonly lang?: string | undefined
  /** Stands at the end of the last line. */
  readonly end?: ReactNode
}

type Beside = Pick<SaidProps, 'me'> & { readonly mentions: readonly Mentionable[] }

const NOBODY: readonly Mentionable[] = []
const BesideContext = createContext<Beside>({ mentions: NOBODY })

export function Said(props: SaidProps): ReactNode {
  const { source, end } = props
  const blocks = useMemo(() => blocksOf(source), [source])
  const words = plainIn(blocks)
  return (
    <div className={isOnlyEmoji(source) ? 'said big' : 'said'} lang={props.lang}>
      {words === undefined ? (
        <Rich {...props} blocks={blocks} />
      ) : (
        <p dir="auto">
          {words}
          {end}
        </p>
      )}
    </div>
  )
}

/** The words of a text that is nothing but words, as most are: they need no tree of components. */
function plainIn(blocks: readonly Block[]): string | undefined {
  const [block] = blocks
  if (blocks.length !== 1 || block?.kind !== 'paragraph' || block.children.length !== 1)
    return undefined
  const [node] = block.children
  return node?.kind === 'text' && !/[@#]/.test(node.text) ? node.text : undefined
}

function Rich(props: SaidProps & { readonly blocks: readonly Block[] }): ReactNode {
  const { blocks, mentions = NOBODY, me, end } = props
  const beside = useMemo(() => ({ mentions, ...(me === undefined ? {} : { me }) }), [mentions, me])
  const isEndInside = blocks.at(-1)?.kind === 'paragraph'
  return (
    <BesideContext value={beside}>
      {blocks.map((block, index) => (
        <BlockView
          key={keyOf(index)}
          block={block}
          end={isEndInside && index === blocks.length - 1 ? end : undefined}
        />
      ))}
      {isEndInside ? null : end}
    </BesideContext>
  )
}

/** Pieces of one text have no identity but their place. */
function keyOf(index: number): string {
  return String(index)
}

function BlockView(props: { readonly block: Block; readonly end?: ReactNode }): ReactNode {
  const { block } = props
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto">
          <InlineViews nodes={block.children} />
          {props.end}
        </p>
      )
    case 'code':
      // Plain until what colours it is there; as large as it will be.
      return (
        <Suspense fallback={<Plain text={block.text} />}>
          <CodeBlock text={block.text} language={block.language} />
        </Suspense>
      )
    case 'table':
      return (
        <pre dir="auto" className="as-table">
          {block.text}
        </pre>
      )
    case 'quote':
      return (
        <blockquote dir="auto">
          <BlockViews blocks={block.children} />
        </blockquote>
      )
    case 'list':
      return <ListView block={block} />
  }
}

function BlockViews(props: { readonly blocks: readonly Block[] }): ReactNode {
  return props.blocks.map((block, index) => <BlockView key={keyOf(index)} block={block} />)
}

function ListView(props: { readonly block: Extract<Block, { kind: 'list' }> }): ReactNode {
  const { start, items } = props.block
  const List = start === undefined ? 'ul' : 'ol'
  return (
    <List dir="auto" {...(start === undefined ? {} : { start })}>
      {items.map((blocks, index) => (
        <li key={keyOf(index)} dir="auto">
          <BlockViews blocks={blocks} />
        </li>
      ))}
    </List>
  )
}

function InlineViews(props: { readonly nodes: readonly Inline[] }): ReactNode {
  return props.nodes.map((node, index) => <InlineView key={keyOf(index)} node={node} />)
}

const TAGS = { strong: 'strong', emphasis: 'em', strike: 's' } as const

function InlineView(props: { readonly node: Inline }): ReactNode {
  const { node } = props
  switch (node.kind) {
    case 'text':
      return <Words text={node.text} />
    case 'code':
      return (
        <code className="bit" dir="ltr">
          {node.text}
        </code>
      )
    case 'emoji':
      return (
        <Suspense fallback={`:${node.code}:`}>
          <EmojiCode code={node.code} />
        </Suspense>
      )
    case 'link':
      return <LinkView node={node} />
    default: {
      const Tag = TAGS[node.kind]
      return (
        <Tag>
          <InlineViews nodes={node.children} />
        </Tag>
      )
    }
  }
}

/** Words that name another place than the link leads to are replaced by where it leads. */
function LinkView(props: { readonly node: Extract<Inline, { kind: 'link' }> }): ReactNode {
  const { href, children } = props.node
  const words = plainOf(children)
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="auto" title={href}>
      {isMisleading(words, href) ? href : <InlineViews nodes={children} />}
    </a>
  )
}

function plainOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return plainOf(node.children)
      return node.kind === 'emoji' ? `:${node.code}:` : node.text
    })
    .join('')
}

/** Plain words, with who and what is meant by `@` and `#`. */
function Words(props: { readonly text: string }): ReactNode {
  const { mentions, me } = use(BesideContext)
  if (!/[@#]/.test(props.text)) return props.text
  return mentionPieces(props.text, mentions).map((piece, index) =>
    piece.who === undefined ? (
      <Fragment key={keyOf(index)}>{channelPieces(piece.text)}</Fragment>
    ) : (
      <Mention
        key={keyOf(index)}
        who={piece.who}
        look={piece.who.id === me || piece.who.kind === 'everyone' ? 'at me' : 'at'}
        text={piece.text}
      />
    ),
  )
}

/** A person's opens their card. */
function Mention(props: {
  readonly who: Mentionable
  readonly look: string
  readonly text: string
}): ReactNode {
  const { who, look, text } = props
  const openCard = use(WhoContext)
  if (openCard === undefined || who.kind !== 'person') return <bdi className={look}>{text}</bdi>
  return (
    <bdi>
      <button
        type="button"
        className={look}
        tabIndex={-1}
        aria-haspopup="dialog"
        onClick={(event) => openCard(who.id, event.currentTarget)}
      >
        {text}
      </button>
    </bdi>
  )
}

const CHANNEL = /(?<![\p{L}\p{N}&/#])(#[\p{L}\p{N}][\p{L}\p{N}_-]*)/u

function channelPieces(text: string): ReactNode {
  if (!text.includes('#')) return text
  return text
    .split(CHANNEL)
    .map((part, index) => (index % 2 === 1 ? <ChannelWord key={keyOf(index)} word={part} /> : part))
}

function Plain(props: { readonly text: string }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, also by keyboard
    <pre className="block" dir="ltr" tabIndex={0}>
      <code>{props.text}</code>
    </pre>
  )
}
