// Messages that were found, as links to their places: arrow keys go from one to the next.

import type { FoundMessage } from '@sayso/client'
import type { KeyboardEvent, ReactNode } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { clockTime, dayTitle, exactTime, isoTime } from '../../../ui/times.ts'
import { plainText } from '../markdown/plain.ts'
import { channelHref } from '../model/channels.ts'
import { excerpt } from '../model/finding.ts'
import { hash } from '../model/texts.ts'
import { findingTexts } from '../model/texts-finding.ts'

export function placeHref({ key, serial }: Pick<FoundMessage, 'key' | 'serial'>): string {
  return `${channelHref(key)}?at=${encodeURIComponent(serial)}`
}

export function FoundList(props: {
  readonly items: readonly FoundMessage[]
  readonly q: string
  readonly label: string
}): ReactNode {
  return (
    <ul className="found" aria-label={props.label} onKeyDown={onArrow}>
      {props.items.map((item) => (
        <li key={item.serial}>
          <Anchor className="hit" href={placeHref(item)}>
            <Avatar id={item.author?.id ?? ''} name={item.author?.name ?? '?'} size="s" />
            <span className="grow">
              <span className="row sm">
                <bdi className="strong cut">{item.author?.name}</bdi>
                <span className="faint cut">{findingTexts.inChannel(hash(item.title))}</span>
                <span className="grow" />
                <time
                  className="xs faint"
                  dateTime={isoTime(item.atMs)}
                  title={exactTime(item.atMs)}
                >
                  {dayTitle(item.atMs, Date.now())} · {clockTime(item.atMs)}
                </time>
              </span>
              <span className="excerpt sm" dir="auto">
                <Excerpt text={item.text} q={props.q} />
              </span>
            </span>
          </Anchor>
        </li>
      ))}
    </ul>
  )
}

function Excerpt(props: { readonly text: string; readonly q: string }): ReactNode {
  let at = 0
  return excerpt(plainText(props.text), props.q).map((part) => {
    at += part.text.length
    return part.isMatch ? <mark key={at}>{part.text}</mark> : part.text
  })
}

function onArrow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
