// What a message said before: each version with who wrote it and when, and what it changed.

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button, IconButton } from '../../../../ui/button.tsx'
import { openDialog } from '../../../../ui/open-dialog.ts'
import { exactTime, isoTime } from '../../../../ui/times.ts'
import { differences, type Piece } from '../../model/differences.ts'
import { texts } from '../../model/texts-around.ts'
import type { Entry } from '../../model/timeline.ts'
import type { WireMessage } from '../../store/port.ts'
import type { ActsNeeds } from './acts-needs.ts'
import { useListed } from './use-listed.ts'

const TAGS = { same: 'span', added: 'ins', removed: 'del' } as const

type Version = {
  readonly key: string
  readonly by: string | undefined
  readonly atMs: number
  readonly pieces: readonly Piece[]
}

export function HistoryDialog(
  props: ActsNeeds & { readonly entry: Entry; readonly onClose: () => void },
): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => openDialog(dialog.current), [])
  const { entry, session } = props
  const listed = useListed(
    async () => versionsOf((await session?.around.versions(entry.serial)) ?? []),
    entry.version,
  )
  return (
    <dialog
      ref={dialog}
      className="ask wide"
      aria-labelledby={id}
      onClose={props.onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header className="row">
        <h2 id={id} className="title grow" tabIndex={-1}>
          {texts.history}
        </h2>
        <IconButton icon="x" label={texts.close} onClick={() => dialog.current?.close()} />
      </header>
      {listed.hasFailed ? (
        <div role="alert">
          <p className="dim">{texts.notLoaded}</p>
          <Button size="small" onClick={listed.refresh}>
            {texts.tryAgain}
          </Button>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <ol className="versions" tabIndex={0} aria-busy={listed.value === undefined}>
        {(listed.value ?? []).map((version) => (
          <li key={version.key} className="version">
            <p className="row sm">
              <b>{props.people.authorOf(version.by).name}</b>
              <time className="stamp" dateTime={isoTime(version.atMs)}>
                {exactTime(version.atMs)}
              </time>
            </p>
            <p className="version-text" dir="auto">
              {version.pieces.map(({ kind, text }, index) => {
                const Tag = TAGS[kind]
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
                return <Tag key={index}>{text}</Tag>
              })}
            </p>
          </li>
        ))}
      </ol>
    </dialog>
  )
}

/** Newest first, each against the one before it. */
function versionsOf(messages: readonly WireMessage[]): readonly Version[] {
  return messages
    .map((message, index) => {
      const { version } = message
      const before = messages[index - 1]?.data
      return {
        key: version?.serial ?? String(index),
        by: index === 0 ? message.clientId : version?.clientId,
        atMs: version?.timestamp ?? message.timestamp ?? 0,
        pieces: differences(textOf(index === 0 ? message.data : before), textOf(message.data)),
      }
    })
    .reverse()
}

function textOf(data: unknown): string {
  return typeof data === 'string' ? data : ''
}
