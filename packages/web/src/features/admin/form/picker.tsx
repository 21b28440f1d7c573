// Something to choose that the server finds as one types: a person, a place. A button shows what is chosen; pressed, it opens
// a field with the matches under it. Arrows, Enter and Escape.

import '../styles/pickers.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { formTexts } from '../../../ui/form-texts.ts'
import { Icon } from '../../../ui/icon.tsx'
import { usePopup } from '../../../ui/popup.ts'
import { texts } from '../model/texts.ts'

export type Option = {
  readonly key: string
  readonly label: string
  readonly detail?: string | undefined
  readonly look?: ReactNode
}

type PickerProps = {
  readonly label: string
  /** What is chosen, as it is shown; absent: nothing yet. */
  readonly shown: ReactNode
  /** Names the list: answers to the same question are kept. */
  readonly name: string
  readonly find: (q: string) => Promise<readonly Option[]>
  readonly onPick: (option: Option) => void
  /** In a sentence, or under a label in a form. */
  readonly look?: 'slot' | 'field'
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly id?: string
}

export function Picker(props: PickerProps): ReactNode {
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('below')
  const made = useId()
  const id = props.id ?? made
  const isField = props.look === 'field'
  const pick = (option: Option) => {
    close()
    props.onPick(option)
  }
  return (
    <span className={isField ? 'field picker' : 'picker'}>
      {isField ? (
        <label id={`${id}-label`} htmlFor={id} className="label">
          {props.label}
        </label>
      ) : null}
      <button
        ref={trigger}
        id={id}
        type="button"
        className={isField ? 'input pick' : 'slot'}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-labelledby={isField ? `${id}-label ${id}-shown` : undefined}
        aria-describedby={props.error === undefined ? undefined : `${id}-error`}
        onClick={open}
      >
        {isField ? null : <span className="vh">{props.label}: </span>}
        <span id={`${id}-shown`} className="cut">
          {props.shown}
        </span>
        <Icon name="chevron-down" size="s" />
      </button>
      {props.error === undefined ? null : (
        <p id={`${id}-error`} className="hint danger-text">
          {props.error}
        </p>
      )}
      {props.hint === undefined || props.error !== undefined ? null : (
        <p className="hint">{props.hint}</p>
      )}
      <div
        ref={popup}
        popover="auto"
        role="dialog"
        aria-label={props.label}
        className="popup picking"
        onToggle={onToggle}
      >
        {isOpen ? <Finder {...props} onPick={pick} /> : null}
      </div>
    </span>
  )
}

/** So that not every letter is a question. */
const PAUSE_MS = 120

function Finder(props: PickerProps): ReactNode {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const { options, isOld, status } = useFound(props, text)
  const chosen = options[at]
  useEffect(() => field.current?.focus(), [])
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (step !== undefined) setAt(Math.min(options.length - 1, Math.max(0, at + step)))
    else if (chosen !== undefined && !isOld) props.onPick(chosen)
  }
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  return (
    <>
      <input
        ref={field}
        className="input"
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-busy={isOld}
        aria-label={props.label}
        className="options"
      >
        {options.map((option, index) => (
          <Choice
            key={option.key}
            id={`${id}-${index}`}
            option={option}
            isAt={index === at}
            onPick={props.onPick}
            onPoint={() => setAt(index)}
          />
        ))}
      </div>
      <p className="xs faint" role="status">
        {status}
      </p>
    </>
  )
}

function useFound(props: PickerProps, text: string) {
  const q = usePaused(text)
  const found = useQuery({
    queryKey: ['pick', props.name, q],
    placeholderData: keepPreviousData,
    queryFn: () => props.find(q),
  })
  const options = found.data ?? []
  const isNone = found.isSuccess && options.length === 0
  return {
    options,
    isOld: q !== text || found.isFetching,
    status: found.isError ? formTexts.notReached : isNone ? texts.noMatch : '',
  }
}

function Choice(props: {
  readonly id: string
  readonly option: Option
  readonly isAt: boolean
  readonly onPick: (option: Option) => void
  readonly onPoint: () => void
}): ReactNode {
  const { option } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
    <div
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={props.isAt}
      className="option"
      onClick={() => props.onPick(option)}
      onPointerMove={props.onPoint}
    >
      {option.look}
      <span className="cut">{option.label}</span>
      {option.detail === undefined ? null : <span className="xs faint cut">{option.detail}</span>}
    </div>
  )
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
