// The whole document as text: the same draft as the matrix and the rules.

import { policySchema } from '@sayso/policy/editing'
import { type ReactNode, useCallback } from 'react'
import { CodeEditor, type EditorProblem } from './code-editor.tsx'
import { offersAt } from './model/completion.ts'
import { Sentence } from './sentence.tsx'
import { texts } from './texts.ts'
import type { PartProps } from './view.ts'

const NONE: readonly EditorProblem[] = []

export function TextPart(props: PartProps): ReactNode {
  const { draft, state, checked, document, edits } = props
  const problems = checked?.problems ?? NONE
  const offers = useCallback(
    (text: string, at: { line: number; before: string }) =>
      offersAt(policySchema, document, text, at),
    [document],
  )
  const canEdit = edits.kind === 'on' && state.keeping !== 'foreign'
  return (
    <div className="text-part">
      <CodeEditor
        label={texts.editor}
        value={state.text}
        onChange={canEdit ? (text) => draft.write(text) : undefined}
        problems={problems}
        offers={offers}
      />
      <div className="editor-foot sm" role="status">
        {edits.kind === 'on' ? null : <p className="dim">{texts.editorOff}</p>}
        {problems.length === 0 ? (
          <p className="dim">{texts.editorFits}</p>
        ) : (
          <ul className="problems">
            {problems.slice(0, 20).map(({ line, column, message, remedy }) => (
              <li key={`${line}:${column}:${message}`}>
                <b className="num">{texts.review.at(line, column)}</b>: <Sentence text={message} />;{' '}
                <Sentence text={remedy} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
