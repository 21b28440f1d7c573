// In place of a channel that may not be read: what happened, and where to go next. Nothing of the channel is left.

import type { ResourceView } from '@sayso/client'
import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { channelHref, channelOf, isReadable, keyOf } from '../model/channels.ts'
import { texts } from '../model/texts.ts'
import { useBanner } from '../store/hooks.ts'
import { BannerBar } from './banner-bar.tsx'
import { paneHref } from './bottom-bar.tsx'
import type { ChatProps } from './chat-screen.tsx'

export function ClosedCard(
  props: ChatProps & {
    readonly views: readonly ResourceView[]
    readonly lostTitle: string | undefined
  },
): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const banner = useBanner(props.realtime.connection, {
    hasGap: false,
    isSignedOut: props.isSignedOut,
  })
  const next = nextChannel(props.views, props.homeKey, props.channelKey)
  const words = wordsOf(props)
  useEffect(() => {
    // What had the focus is gone with the channel: it must not fall to the page.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <main className="sheet">
      <header className="bar">
        <Anchor
          className="iconbtn only-phone"
          href={paneHref(props.channelKey, 'channels')}
          label="Back to channels"
        >
          <Icon name="chevron-left" size="l" />
        </Anchor>
      </header>
      {banner === undefined ? null : (
        <BannerBar banner={banner} {...props} onLoad={() => undefined} />
      )}
      <div className="closed" role="status">
        <span className="closed-glyph">
          <Icon name="lock" size="l" />
        </span>
        <h1 ref={heading} className="title" tabIndex={-1}>
          {words.title}
        </h1>
        <p className="dim">{words.text}</p>
        {next === undefined ? null : (
          <Anchor className="btn primary" href={channelHref(keyOf(next))}>
            {texts.goTo(next.title)}
          </Anchor>
        )}
      </div>
    </main>
  )
}

function wordsOf(props: {
  readonly views: readonly ResourceView[]
  readonly lostTitle: string | undefined
  readonly channelKey: string | undefined
}) {
  if (props.lostTitle !== undefined) return texts.lostChannel(props.lostTitle)
  if (props.channelKey !== undefined) return texts.noChannel(props.channelKey)
  return texts.noChannels
}

function nextChannel(
  views: readonly ResourceView[],
  homeKey: string | undefined,
  current: string | undefined,
): ResourceView | undefined {
  const home = homeKey === undefined ? undefined : channelOf(views, homeKey)
  return home ?? views.filter(isReadable).find((view) => keyOf(view) !== current)
}
