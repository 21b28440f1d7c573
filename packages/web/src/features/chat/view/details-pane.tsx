// About a channel, and for those who may, its settings: each states what it does to whom before it is done.

import '../styles/channels.css'
import type { DescribeChannelBody, EffectView } from '@sayso/client'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { Ask } from '../../../ui/ask.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { lengthOf } from '../../../ui/lengths.ts'
import { listed, phrasesOf } from '../model/grammar.ts'
import { texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { whoTexts } from '../model/texts-who.ts'
import { NotifyField } from './live/notify-field.tsx'
import { OpennessField, opennessBody, opennessOf } from './openness-field.tsx'
import { PaneFrame } from './pane-frame.tsx'
import type { SidePaneProps } from './props.ts'
import { Why } from './why.tsx'

const PACES_S = [0, 10, 30, 60, 300, 900, 3_600, 21_600]

export function DetailsPane(props: SidePaneProps): ReactNode {
  const { view, control } = props
  return (
    <PaneFrame title={peopleTexts.details} closeHref={props.closeHref}>
      <div className="details">
        <p className="title small row">
          <Icon name={view.glyph} fallback="hash" />
          <span className="cut">{view.title}</span>
        </p>
        {view.about === undefined ? null : <p className="sm dim">{view.about}</p>}
        <NotifyField view={view} />
        {control('configure').kind === 'absent' ? null : <Described {...props} />}
        {control('set-pace').kind === 'absent' ? null : <PaceField {...props} />}
        <Ends {...props} />
      </div>
    </PaneFrame>
  )
}

/** Why what stands above it is off: one could do it a moment ago, and what was begun there stays. */
function Lost(props: SidePaneProps & { readonly action: string }): ReactNode {
  const { action, control, me, view } = props
  const now = control(action)
  if (now.kind !== 'off') return null
  return (
    <p className="sm dim" role="status">
      {now.reason} <Why question={{ me: me.id, action, on: view.resource }} />
    </p>
  )
}

function useChange(props: SidePaneProps) {
  const [isBusy, setBusy] = useState(false)
  const change = (body: DescribeChannelBody) => {
    setBusy(true)
    return props.api
      .describeChannel(props.channelKey, body)
      .catch((cause: unknown) => props.notices.tell(texts.notDone(cause)))
      .finally(() => setBusy(false))
  }
  return { isBusy, change }
}

/** Title, what it is about, who may know of it, who writes. */
function Described(props: SidePaneProps): ReactNode {
  const { view } = props
  const { isBusy, change } = useChange(props)
  const [title, setTitle] = useState(view.title)
  const [about, setAbout] = useState(view.about ?? '')
  const [openness, setOpenness] = useState(() => opennessOf(view))
  const [readOnly, setReadOnly] = useState(view.readOnly === true)
  const [previews, setPreviews] = useState(view.previews !== false)
  const id = useId()
  const body: DescribeChannelBody = {
    ...(title.trim() === view.title ? {} : { title: title.trim() }),
    ...(about.trim() === (view.about ?? '') ? {} : { about: about.trim() }),
    ...(openness === opennessOf(view) ? {} : opennessBody(openness)),
    ...(readOnly === (view.readOnly === true) ? {} : { readOnly }),
    ...(previews === (view.previews !== false) ? {} : { previews }),
  }
  const isSame = Object.keys(body).length === 0
  const isOff = props.control('configure').kind === 'off'
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSame && !isOff && title.trim() !== '') void change(body)
      }}
    >
      <div className="fields">
        <label className="label" htmlFor={`${id}-title`}>
          {peopleTexts.title}
        </label>
        <input
          id={`${id}-title`}
          className="input"
          value={title}
          maxLength={80}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <div className="fields">
        <label className="label" htmlFor={`${id}-about`}>
          {peopleTexts.about}
        </label>
        <textarea
          id={`${id}-about`}
          className="input"
          rows={2}
          value={about}
          maxLength={250}
          onChange={(event) => setAbout(event.target.value)}
        />
      </div>
      <OpennessField value={openness} onChange={setOpenness} />
      <label className="choice tall">
        <input
          type="checkbox"
          checked={readOnly}
          onChange={(event) => setReadOnly(event.target.checked)}
        />
        <span className="grow">
          <span className="strong sm">{peopleTexts.readOnlyTitle}</span>
          <small className="xs dim line">{peopleTexts.readOnlyText}</small>
        </span>
      </label>
      <label className="choice tall">
        <input
          type="checkbox"
          checked={previews}
          onChange={(event) => setPreviews(event.target.checked)}
        />
        <span className="grow">
          <span className="strong sm">{whoTexts.previewsTitle}</span>
          <small className="xs dim line">{whoTexts.previewsText}</small>
        </span>
      </label>
      {isOff ? null : <Effect {...props} body={body} />}
      <Lost {...props} action="configure" />
      <Button type="submit" look="primary" size="small" busy={isBusy || isSame || isOff}>
        {peopleTexts.save}
      </Button>
    </form>
  )
}

/** What the change would do, asked of the server before it is made. */
function Effect(props: SidePaneProps & { readonly body: DescribeChannelBody }): ReactNode {
  const { api, channelKey } = props
  const [effect, setEffect] = useState<EffectView>()
  const said = JSON.stringify(props.body)
  useEffect(() => {
    setEffect(undefined)
    if (said === '{}') return
    let isCurrent = true
    const timer = setTimeout(() => {
      api.channelEffect(channelKey, JSON.parse(said)).then(
        (next) => isCurrent && setEffect(next),
        () => undefined,
      )
    }, 200)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [api, channelKey, said])
  return (
    <p className="effect sm" role="status">
      {effect === undefined ? '' : effectText(effect)}
    </p>
  )
}

function effectText({ people, live, gained, lost }: EffectView): string {
  if (people === 0) return peopleTexts.noEffect
  const can = phrasesOf(gained)
  const cannot = phrasesOf(lost)
  const parts = [
    ...(can.length > 0 ? [peopleTexts.can(listed(can))] : []),
    ...(cannot.length > 0 ? [peopleTexts.cannot(listed(cannot))] : []),
  ]
  const what = parts.length === 0 ? '' : `${parts.join(peopleTexts.andThen)}. `
  return `${what}${peopleTexts.effectOf(people, live)}`
}

function PaceField(props: SidePaneProps): ReactNode {
  const { view } = props
  const { isBusy, change } = useChange(props)
  const now = view.paceSeconds ?? 0
  const id = useId()
  const isOff = props.control('set-pace').kind === 'off'
  const paces = [...new Set([...PACES_S, now])].sort((a, b) => a - b)
  return (
    <div className="fields">
      <label className="label" htmlFor={id}>
        {peopleTexts.paceTitle}
      </label>
      <select
        id={id}
        className="input"
        value={now}
        aria-describedby={`${id}-text`}
        aria-busy={isBusy}
        aria-disabled={isOff || undefined}
        onChange={(event) => {
          if (!isOff) void change({ paceSeconds: Number(event.target.value) })
        }}
      >
        {paces.map((seconds) => (
          <option key={seconds} value={seconds}>
            {seconds === 0 ? peopleTexts.off : lengthOf(seconds * 1_000)}
          </option>
        ))}
      </select>
      <p id={`${id}-text`} className="xs dim">
        {peopleTexts.paceText}
      </p>
      <Lost {...props} action="set-pace" />
    </div>
  )
}

/** Leaving it, and closing it for everybody. */
function Ends(props: SidePaneProps): ReactNode {
  const { view, control, api, channelKey, notices } = props
  const { change } = useChange(props)
  const [asked, setAsked] = useState<'archive' | 'leave'>()
  const mayLeave = view.people === undefined && view.roles.some(({ on }) => on === view.resource)
  const archive = control('archive')
  const isOff = archive.kind === 'off'
  const leave = () =>
    void api.leaveChannel(channelKey).catch((cause: unknown) => notices.tell(texts.notDone(cause)))
  const question =
    asked === 'archive' ? peopleTexts.archiveAsk(view.title) : peopleTexts.leaveAsk(view.title)
  return (
    <div className="ends">
      {mayLeave ? (
        <Button size="small" onClick={() => setAsked('leave')}>
          {peopleTexts.leave}
        </Button>
      ) : null}
      {archive.kind !== 'absent' && view.archived === true ? (
        <Button size="small" busy={isOff} onClick={() => void change({ archived: false })}>
          {peopleTexts.unarchive}
        </Button>
      ) : null}
      {archive.kind !== 'absent' && view.archived !== true ? (
        <Button size="small" look="danger" busy={isOff} onClick={() => setAsked('archive')}>
          {peopleTexts.archive}
        </Button>
      ) : null}
      <Lost {...props} action="archive" />
      {asked === undefined ? null : (
        <Ask
          title={question.title}
          consequence={question.text}
          confirm={asked === 'archive' ? peopleTexts.archive : peopleTexts.leave}
          reason={asked === 'archive' && archive.kind === 'off' ? archive.reason : undefined}
          onConfirm={() => (asked === 'archive' ? void change({ archived: true }) : leave())}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}
