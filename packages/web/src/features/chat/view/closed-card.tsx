// In place of a channel that may not be read: what happened, and where to go next. Nothing of the channel is left.

import '../../../ui/more-icons.ts'
import type { ResourceView } from '@sayso/client'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { lazy } from '../../../ui/late.ts'
import { Anchor } from '../../../ui/navigation.tsx'
import { serverNow } from '../../../ui/server-clock.ts'
import { channelHref, channelOf, isReadable, keyOf, lockedOf } from '../model/channels.ts'
import { endOf } from '../model/durations.ts'
import { texts } from '../model/texts.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import type { ChatStore } from '../store/chat-store.ts'
import type { Notices } from '../store/use-notices.ts'
import { BannerBar } from './banner-bar.tsx'
import { paneHref } from './bottom-bar.tsx'
import { copyText } from './clipboard.ts'
import type { PartProps } from './props.ts'
import { AskAbout } from './read-only-card.tsx'
import { Why } from './why.tsx'

const AskToEnter = lazy(async () => ({ default: (await import('./ask-to-enter.tsx')).AskToEnter }))

export function ClosedCard(
  props: PartProps & {
    readonly views: readonly ResourceView[]
    readonly lostTitle: string | undefined
    readonly store: ChatStore
    readonly notices: Notices
  },
): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  const next = nextChannel(props.views, props.homeKey, props.channelKey)
  const locked = lockedOf(props.views, props.channelKey)
  const words = wordsOf(props, locked)
  const draft = props.channelKey === undefined ? '' : props.store.kept.draft(props.channelKey)
  useEffect(() => {
    // What had the focus is gone with the channel: it must not fall to the page.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <main className="sheet">
      <header className="bar only-phone">
        <Anchor
          className="iconbtn only-phone"
          href={paneHref(props.channelKey, 'channels')}
          label={texts.backToChannels}
        >
          <Icon name="chevron-left" size="l" />
        </Anchor>
      </header>
      <BannerBar {...props} hasGap={false} onLoad={() => undefined} />
      <div className="closed" role="status">
        <span className="closed-glyph">
          <Icon name="lock" size="l" />
        </span>
        <h1 ref={heading} className="title" tabIndex={-1}>
          {words.title}
        </h1>
        <p className="dim">
          {words.text}{' '}
          {locked === undefined ? null : (
            <Why question={{ me: props.me.id, action: 'subscribe', on: locked.resource }} />
          )}
        </p>
        {locked === undefined ? null : <WayBack {...props} view={locked} />}
        {next === undefined ? null : (
          <Anchor className={locked ? 'btn quiet' : 'btn primary'} href={channelHref(keyOf(next))}>
            {texts.goTo(next.title)}
          </Anchor>
        )}
        <KeptDraft text={draft} />
      </div>
    </main>
  )
}

/** What one had half written there: one's own, to take along. */
function KeptDraft(props: { readonly text: string }): ReactNode {
  const { text } = props
  if (text === '') return null
  return (
    <div className="draft">
      <span className="label">{texts.draftKept}</span>
      <p className="said" dir="auto">
        {text}
      </p>
      <Button size="small" icon="copy" onClick={() => void copyText(text)}>
        {texts.copyDraft}
      </Button>
    </div>
  )
}

/** Ask to be let in; or, for somebody who was shut out, to have that ended. */
function WayBack(
  props: PartProps & { readonly view: ResourceView; readonly notices: Notices },
): ReactNode {
  const restraint = props.view.restraints?.[0]
  return restraint === undefined ? (
    <Suspense fallback={null}>
      <AskToEnter {...props} />
    </Suspense>
  ) : (
    <AskAbout
      here={props}
      role={restraint.role}
      label={rightsTexts.askToEnd}
      said={rightsTexts.askedToEnd}
    />
  )
}

/** `Banned from #launch until 3 December`, by whom and why. */
function shutOut(view: ResourceView) {
  const restraint = view.restraints?.[0]
  if (restraint === undefined) return undefined
  const { title, by, reason, untilMs } = restraint
  const until = untilMs === undefined ? undefined : endOf(untilMs, serverNow())
  return {
    title: rightsTexts.shutOut(title, view.title, until),
    text: `${rightsTexts.heldBy(title, by?.name, reason)} ${rightsTexts.shutOutText}`,
  }
}

function wordsOf(
  props: {
    readonly lostTitle: string | undefined
    readonly channelKey: string | undefined
  },
  locked: ResourceView | undefined,
) {
  const out = locked && shutOut(locked)
  if (out !== undefined) return out
  if (props.lostTitle !== undefined) return texts.lostChannel(props.lostTitle)
  if (locked !== undefined) return texts.locked(locked.title, locked.about)
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
