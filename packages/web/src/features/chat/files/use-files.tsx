// What files put into the composer: the button, what is dropped and pasted. Everything else is loaded when there is a file.

import {
  type ClipboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { memo } from '../../../ui/spoken.ts'
import { useStable } from '../../../ui/stable.ts'
import { attachTexts } from '../model/texts-attach.ts'
import { NO_SLOTS, type SlotProps, type Slots } from '../view/slots.ts'
import type { FilesPart } from './files-part.tsx'
import { hasKept } from './has-kept.ts'

const nothing = () => () => undefined
const NONE: ReturnType<FilesPart['uploads']['all']> = []
const NO_LOOKS: ReturnType<FilesPart['looks']['all']> = []

/** The part of this page, once it was needed; people change only with the page. */
let known: FilesPart | undefined

async function load(person: string): Promise<FilesPart> {
  const { filesPart } = await import('./files-part.tsx')
  known ??= filesPart(person)
  return known
}

export function useFiles(props: SlotProps): Slots {
  const { channelKey, draftKey, person, text } = props
  const attach = props.control('attach-file')
  const canAttach = attach.kind === 'on' && props.control('publish').kind === 'on'
  const [part, setPart] = useState(known)
  const all = useSyncExternalStore(
    part?.uploads.subscribe ?? nothing,
    part?.uploads.all ?? (() => NONE),
  )
  const take = useStable(async (files: readonly File[]) => {
    if (!canAttach || files.length === 0) return
    const loaded = await load(person)
    setPart(loaded)
    await loaded.uploads.add(channelKey, draftKey, files)
  })
  useEffect(() => {
    const begin = () => void load(person).then(setPart)
    if (hasKept()) begin()
    // What is dragged over the page may be files: whoever takes them is here before they are dropped.
    addEventListener('dragenter', begin, { once: true })
    return () => {
      removeEventListener('dragenter', begin)
      known?.forgetPictures()
    }
  }, [person])
  const looks = useSyncExternalStore(
    part?.looks.subscribe ?? nothing,
    part?.looks.all ?? (() => NO_LOOKS),
  )
  const hasLink = text.includes('://')
  useEffect(() => {
    if (hasLink) void load(person).then(setPart)
  }, [hasLink, person])
  useEffect(() => part?.looks.see(channelKey, draftKey, text), [part, channelKey, draftKey, text])
  const own = all.filter((one) => one.draftKey === draftKey)
  const previews = looks.length === 0 ? [] : (part?.looks.of(draftKey, text) ?? [])
  const carried = part?.carried(own, previews)
  return {
    ...NO_SLOTS,
    above: (
      <>
        {part !== undefined && own.length > 0 ? (
          <part.Tray uploads={part.uploads} own={own} draftKey={draftKey} waits={carried?.waits} />
        ) : null}
        {part !== undefined && previews.length > 0 ? (
          <part.LinkTray looks={part.looks} draftKey={draftKey} previews={previews} />
        ) : null}
        {part !== undefined && canAttach && draftKey === channelKey ? (
          <part.DropZone onFiles={take} />
        ) : null}
      </>
    ),
    buttons:
      attach.kind === 'absent' ? null : <AttachButton reason={reasonOf(attach)} take={take} />,
    extras: carried?.extras,
    isEnough: own.length > 0,
    waits: carried?.waits,
    onPaste: (event) => canAttach && takePasted(event, take),
    onSent: () => {
      part?.uploads.sent(draftKey)
      part?.looks.sent(draftKey)
    },
    takeBack: (extras) => {
      if (!('attachments' in extras)) return
      void load(person).then((loaded) => {
        setPart(loaded)
        loaded.takeBack(channelKey, draftKey, extras)
      })
    },
  }
}

function reasonOf(attach: ReturnType<SlotProps['control']>): string | undefined {
  return attach.kind === 'off' ? attach.reason : undefined
}

/** Whether there were any. */
function takePasted(event: ClipboardEvent, take: (files: readonly File[]) => unknown): boolean {
  const files = pastedFiles(event)
  if (files.length === 0) return false
  event.preventDefault()
  void take(files)
  return true
}

/** A table copied elsewhere comes as text and as a picture of itself: then it is the text that is meant. */
function pastedFiles({ clipboardData }: ClipboardEvent): readonly File[] {
  return clipboardData.types.includes('text/plain') ? [] : [...clipboardData.files]
}

const AttachButton = memo(function AttachButton(props: {
  readonly reason: string | undefined
  readonly take: (files: readonly File[]) => void
}): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        icon="plus"
        label={attachTexts.attach}
        reason={props.reason}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          props.take([...(event.target.files ?? [])])
          // The same file may be picked again.
          event.target.value = ''
        }}
      />
    </>
  )
})
