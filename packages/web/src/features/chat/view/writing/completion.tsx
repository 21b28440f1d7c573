// The list of what may be meant. The focus stays in the field: arrow keys move through the list, Enter and Tab take what is
// marked, Escape closes it until something else is begun.

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react'
import { closedCode, type Trigger, triggerAt } from '../../model/completion.ts'
import { writingTexts } from '../../model/texts-writing.ts'
import { applyEdit } from '../composer-field.ts'
import { type Known, type Option, optionsFor } from './options.tsx'

export type CompletionState = {
  readonly id: string
  readonly options: readonly Option[]
  readonly at: number
  readonly onKeyDown: (event: KeyboardEvent) => boolean
  readonly onChoose: (option: Option) => void
}

const NOTHING: readonly Option[] = []

/** `onAsk` is told what is looked for after an `@`; empty: nobody. */
export function useCompletion(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  known: Known,
  onAsk: (names: string) => void,
): CompletionState {
  const id = useId()
  const caret = useCaret(field, text)
  const trigger = useMemo(
    () => (caret === undefined ? undefined : triggerAt(text, caret)),
    [text, caret],
  )
  /** Where a list was closed: it stays so until something is begun elsewhere. */
  const [closed, setClosed] = useState<number>()
  const isOpen = trigger !== undefined && trigger.from !== closed
  const options = useMemo(
    () => (isOpen ? optionsFor(trigger, known) : NOTHING),
    [isOpen, trigger, known],
  )
  const asked = isOpen && trigger.sign === '@' ? trigger.query : ''
  useEffect(() => onAsk(asked), [onAsk, asked])
  const [marked, setMarked] = useState({ of: trigger, at: 0 })
  // What was marked of another beginning is not meant now; the list may have become shorter meanwhile.
  const at = marked.of === trigger ? Math.min(marked.at, Math.max(0, options.length - 1)) : 0
  useEffect(() => {
    if (trigger === undefined) setClosed(undefined)
  }, [trigger])
  useClosedCodes(field, text, caret, known)
  const onChoose = (option: Option) => {
    if (trigger !== undefined && caret !== undefined) take(field, trigger, caret, option)
  }
  useDescription(field, options.length > 0, id, at)
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (options.length === 0 || event.nativeEvent.isComposing || hasModifier(event)) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const isTaken = event.key === 'Enter' || event.key === 'Tab'
    const option = options[at]
    if (event.key === 'Enter' && isWhole(option, text)) return false
    if (step !== undefined)
      setMarked({ of: trigger, at: (at + step + options.length) % options.length })
    else if (isTaken && option !== undefined) onChoose(option)
    else if (event.key === 'Escape') setClosed(trigger?.from)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return { id, options, at, onKeyDown, onChoose }
}

export function Completion(props: { readonly completion: CompletionState }): ReactNode {
  const { id, options, at, onChoose } = props.completion
  const current = options[at]
  return (
    <>
      {options.length === 0 ? null : (
        <div id={id} role="listbox" className="completion" aria-label={writingTexts.completion}>
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={option.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              className="completion-row"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(option)}
            >
              <span className="picture" aria-hidden="true">
                {option.picture}
              </span>
              <bdi className="cut">{option.label}</bdi>
              {option.detail === undefined ? null : (
                <bdi className="xs faint cut grow">{option.detail}</bdi>
              )}
            </div>
          ))}
        </div>
      )}
      <p className="vh" role="status">
        {current === undefined ? '' : writingTexts.chosen(current.label, at + 1, options.length)}
      </p>
    </>
  )
}

/** A command that is there in full is run, not written once more. */
function isWhole(option: Option | undefined, text: string): boolean {
  return text.startsWith('/') && option?.insert.trim() === text.trim()
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.shiftKey || event.ctrlKey || event.metaKey || event.altKey
}

function take(
  field: RefObject<HTMLTextAreaElement | null>,
  trigger: Trigger,
  caret: number,
  option: Option,
): void {
  if (field.current === null) return
  const after = trigger.from + option.insert.length
  applyEdit(field.current, {
    from: trigger.from,
    to: caret,
    insert: option.insert,
    select: [after, after],
  })
}

/** Where the caret is, while the field has the focus and nothing is selected. */
function useCaret(field: RefObject<HTMLTextAreaElement | null>, text: string): number | undefined {
  const [caret, setCaret] = useState<number>()
  useLayoutEffect(() => {
    const follow = () => {
      const element = field.current
      // What was typed since is not known here yet: it is asked again when it is.
      if (element !== null && element.value !== text) return
      const isHere = element !== null && document.activeElement === element
      const isCaret = isHere && element.selectionStart === element.selectionEnd
      setCaret(isCaret ? meant(element.value, element.selectionStart) : undefined)
    }
    follow()
    document.addEventListener('selectionchange', follow)
    document.addEventListener('focusin', follow)
    return () => {
      document.removeEventListener('selectionchange', follow)
      document.removeEventListener('focusin', follow)
    }
  }, [field, text])
  return caret
}

/** A place where something begins or ends that is completed. Anywhere else it is of no use, and no key draws anything for it. */
function meant(text: string, at: number): number | undefined {
  const isOfUse = triggerAt(text, at) !== undefined || closedCode(text, at) !== undefined
  return isOfUse ? at : undefined
}

/** `:tada:` becomes the emoji as soon as it is closed. */
function useClosedCodes(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  caret: number | undefined,
  known: Known,
): void {
  useEffect(() => {
    const element = field.current
    if (element === null || caret === undefined || element.value !== text) return
    const found = closedCode(text, caret)
    const char = found && known.emoji?.byCode.get(found.code)?.char
    if (found === undefined || char === undefined) return
    const after = found.from + char.length
    applyEdit(element, { from: found.from, to: caret, insert: char, select: [after, after] })
  }, [field, text, caret, known.emoji])
}

/** The field says which option is marked: the pattern of a list beside a field that keeps the focus. */
function useDescription(
  field: RefObject<HTMLTextAreaElement | null>,
  isOpen: boolean,
  id: string,
  at: number,
): void {
  useLayoutEffect(() => {
    const element = field.current
    if (element === null || !isOpen) return
    element.setAttribute('aria-controls', id)
    element.setAttribute('aria-activedescendant', `${id}-${at}`)
    return () => {
      element.removeAttribute('aria-controls')
      element.removeAttribute('aria-activedescendant')
    }
  }, [field, isOpen, id, at])
}
