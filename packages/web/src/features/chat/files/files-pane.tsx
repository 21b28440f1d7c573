// The files of a channel beside the conversation: found by kind and name, opened where they were sent.

import { ApiError, type ChannelFilesView } from '@sayso/client'
import { filesApi } from '@sayso/client/files'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { dayTitle, exactTime, isoTime } from '../../../ui/times.ts'
import { isPicture } from '../model/carried.ts'
import { fileTexts } from '../model/texts-files.ts'
import { PaneFrame } from '../view/pane-frame.tsx'
import type { SidePaneProps } from '../view/props.ts'
import { FileRow } from './carried-files.tsx'
import { useObjectUrl } from './object-urls.ts'

type Listed = ChannelFilesView['items'][number]
type Kind = 'image' | 'media' | 'other' | undefined

const calls = filesApi()
/** A name is looked for when nothing was typed for this long; milliseconds. */
const PAUSE_MS = 250

// biome-ignore lint/style/noDefaultExport: `lazy` takes it
export default function FilesPane(props: SidePaneProps): ReactNode {
  const { channelKey, closeHref } = props
  const [kind, setKind] = useState<Kind>()
  const [q, setQ] = useState('')
  // A message that came or went may have brought or taken files.
  const { items, next, failure, more, again } = useFileList(
    channelKey,
    kind,
    q,
    props.state.timeline.length,
  )
  return (
    <PaneFrame look="files-pane" title={fileTexts.files} closeHref={closeHref}>
      <Filter kind={kind} onKind={setKind} q={q} onQ={setQ} />
      <div className="files-list" aria-busy={items === undefined}>
        {failure === undefined ? null : (
          <p className="sm error" role="alert">
            {fileTexts.listFailed} ({failure}){' '}
            <button type="button" className="link" onClick={again}>
              {fileTexts.again}
            </button>
          </p>
        )}
        {items?.length === 0 ? (
          <p className="empty sm dim">
            {kind === undefined && q === '' ? fileTexts.none : fileTexts.noneFound}
          </p>
        ) : null}
        <ul>
          {items?.map((item) => (
            <Item key={item.id} item={item} {...props} />
          ))}
        </ul>
        {next === undefined ? null : <Button onClick={more}>{fileTexts.more}</Button>}
      </div>
    </PaneFrame>
  )
}

function Filter(props: {
  readonly kind: Kind
  readonly onKind: (kind: Kind) => void
  readonly q: string
  readonly onQ: (q: string) => void
}): ReactNode {
  const kinds: readonly [Kind, string][] = [
    [undefined, fileTexts.all],
    ['image', fileTexts.pictures],
    ['media', fileTexts.media],
    ['other', fileTexts.others],
  ]
  return (
    <div className="files-filter">
      <input
        type="search"
        className="sm"
        value={props.q}
        placeholder={fileTexts.find}
        aria-label={fileTexts.find}
        onChange={(event) => props.onQ(event.target.value)}
      />
      <div className="files-kinds">
        {kinds.map(([kind, title]) => (
          <button
            key={title}
            type="button"
            className="chip xs"
            aria-pressed={props.kind === kind}
            onClick={() => props.onKind(kind)}
          >
            {title}
          </button>
        ))}
      </div>
    </div>
  )
}

function Item(props: SidePaneProps & { readonly item: Listed }): ReactNode {
  const { item, channelKey, people } = props
  const href = `/chat/${encodeURIComponent(channelKey)}?at=${encodeURIComponent(item.serial)}`
  return (
    <li className="files-item">
      {isPicture(item) ? <Small item={item} /> : null}
      <FileRow file={item} />
      <p className="xs dim">
        {people.authorOf(item.by).name} ·{' '}
        <time dateTime={isoTime(item.atMs)} title={exactTime(item.atMs)}>
          {dayTitle(item.atMs, Date.now())}
        </time>{' '}
        <Anchor className="link" href={href}>
          {fileTexts.showMessage}
        </Anchor>
      </p>
    </li>
  )
}

function Small({ item }: { readonly item: Listed }): ReactNode {
  const path = `/files/${item.id}`
  const url = useObjectUrl(item.preview === undefined ? path : `${path}/preview`)
  return (
    <span className="files-small">
      {url === undefined || url === 'gone' ? null : <img src={url} alt="" />}
    </span>
  )
}

function useFileList(channelKey: string, kind: Kind, q: string, version: number) {
  const [page, setPage] = useState<ChannelFilesView>()
  const [failure, setFailure] = useState<string>()
  const [turn, setTurn] = useState(0)
  const query = { ...(kind !== undefined && { kind }), ...(q.trim() !== '' && { q: q.trim() }) }
  const asked = JSON.stringify(query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` and `turn` say that it is asked again
  useEffect(() => {
    let isOver = false
    const timer = setTimeout(() => {
      calls.files(channelKey, JSON.parse(asked)).then(
        (found) => {
          if (isOver) return
          setFailure(undefined)
          setPage(found)
        },
        (cause: unknown) => {
          if (!isOver) setFailure(cause instanceof ApiError ? cause.code : 'unknown')
        },
      )
    }, PAUSE_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [channelKey, asked, version, turn])
  const more = () => {
    const after = page?.next
    if (after === undefined) return
    calls.files(channelKey, { ...query, after }).then(
      (found) => setPage({ ...found, items: [...(page?.items ?? []), ...found.items] }),
      () => undefined,
    )
  }
  const again = () => setTurn(turn + 1)
  return { items: page?.items, next: page?.next, failure, more, again }
}
