// An editor for YAML: colours, folding, completion, problems at their place. Loaded when a text is edited.

import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Offer } from './model/completion.ts'

export type EditorProblem = {
  readonly line: number
  readonly column: number
  readonly message: string
  readonly remedy: string
}

type Props = {
  readonly label: string
  readonly value: string
  readonly onChange?: ((text: string) => void) | undefined
  readonly problems: readonly EditorProblem[]
  readonly offers?: (text: string, at: { line: number; before: string }) => readonly Offer[]
}

/** Colours are the tokens', so that both themes and high contrast hold. */
const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--positive)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--role-admin)' },
  {
    tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace],
    color: 'var(--ink-2)',
  },
])

const LOOK = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--ink)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '13px', lineHeight: '20px' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-sunk)',
    color: 'var(--ink-3)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '&.cm-focused': { outline: 'none', boxShadow: 'inset var(--focus-ring)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r-sm)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--press)',
    border: '0',
    color: 'var(--ink-2)',
  },
})

export function CodeEditor(props: Props): ReactNode {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const now = useRef(props)
  now.current = props
  const access = useRef(new Compartment())
  const isFixed = props.onChange === undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is told to it below
  useEffect(() => {
    if (host.current === null) return
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: props.value,
        extensions: [...extensions(now), access.current.of(accessOf(isFixed))],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [])
  useEffect(() => {
    const known = view.current
    if (known === undefined || known.state.doc.toString() === props.value) return
    known.dispatch({ changes: { from: 0, to: known.state.doc.length, insert: props.value } })
  }, [props.value])
  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(accessOf(isFixed)) })
  }, [isFixed])
  useEffect(() => {
    const known = view.current
    if (known === undefined) return
    known.dispatch(setDiagnostics(known.state, marksOf(known.state, props.problems)))
  }, [props.problems])
  return <div ref={host} className="code-editor" />
}

function accessOf(isFixed: boolean) {
  return [EditorState.readOnly.of(isFixed)]
}

function extensions(now: { readonly current: Props }) {
  return [
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    yaml(),
    syntaxHighlighting(COLOURS),
    syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
    LOOK,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': now.current.label, tabindex: '0' }),
    autocompletion({ override: [(context) => completed(now, context)] }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) now.current.onChange?.(update.state.doc.toString())
    }),
  ]
}

function completed({ current }: { readonly current: Props }, context: CompletionContext) {
  const word = context.matchBefore(/[\w*#-]*/)
  if (current.offers === undefined || word === null) return null
  if (word.from === word.to && !context.explicit) return null
  const line = context.state.doc.lineAt(context.pos)
  const before = line.text.slice(0, word.from - line.from)
  const offers = current.offers(context.state.doc.toString(), { line: line.number - 1, before })
  return {
    from: word.from,
    options: offers.map(({ label, kind, about }) => ({
      label,
      type: kind === 'field' ? 'property' : 'enum',
      apply: kind === 'field' ? `${label}: ` : label,
      ...(about === undefined ? {} : { detail: about }),
    })),
    validFor: /^[\w*#-]*$/,
  }
}

function marksOf(state: EditorState, problems: readonly EditorProblem[]): readonly Diagnostic[] {
  return problems.map(({ line, column, message, remedy }) => {
    const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
    const from = Math.min(at.from + column - 1, at.to)
    const word = /^[\w*#.-]+/.exec(at.text.slice(from - at.from))?.[0].length ?? 1
    const to = Math.min(from + word, state.doc.length)
    return { from, to, severity: 'error', message: `${message}\n${remedy}` }
  })
}
