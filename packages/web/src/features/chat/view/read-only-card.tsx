// Why one cannot write here, in the composer's place: how long still, who and why, and what one can do. What was written
// stays, can be taken along, and goes by itself at the end if one asks for it.

import '../../../ui/more-icons.ts'
import type { RestraintView } from '@sayso/client'
import { type ReactNode, useRef, useState } from 'react'
import { Button, RuledButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Ring } from '../../../ui/ring.tsx'
import { serverNow, useServerNow } from '../../../ui/server-clock.ts'
import { keyOf } from '../model/channels.ts'
import { digitsOf, endOf, shareLeft } from '../model/durations.ts'
import { texts } from '../model/texts.ts'
import { rightsTexts } from '../model/texts-rights.ts'
import { BlockedCard } from './blocked-card.tsx'
import { copyText } from './clipboard.ts'
import type { ClosedProps } from './closed-for-now.tsx'
import { type RightsHere, useRightsHere } from './rights-context.ts'
import { Why } from './why.tsx'

export function ReadOnlyCard(props: ClosedProps): ReactNode {
  const here = useRightsHere()
  const restraint = here?.view.restraints?.[0]
  if (here?.view.blocked !== undefined) {
    return (
      <BlockedCard here={here} view={here.view}>
        <KeptDraft {...props} />
      </BlockedCard>
    )
  }
  return here !== undefined && restraint !== undefined ? (
    <Held {...props} here={here} restraint={restraint} />
  ) : (
    <Plain {...props} here={here} />
  )
}

type HeldProps = ClosedProps & {
  readonly here: RightsHere
  readonly restraint: RestraintView
}

/** Held back by somebody: until when, by whom, why. */
function Held(props: HeldProps): ReactNode {
  const { here, restraint, draft } = props
  const { untilMs, title, by, reason } = restraint
  const fromMs = useRef(serverNow()).current
  const nowMs = useServerNow(here.api, untilMs) ?? fromMs
  const time = untilMs === undefined ? undefined : endOf(untilMs, nowMs)
  const canReact = here.control('annotation-publish').kind === 'on'
  return (
    <div className="why">
      {untilMs === undefined ? (
        <span className="say">
          <Icon name="message-square-off" fallback="lock" />
        </span>
      ) : (
        <Ring
          size="card"
          share={shareLeft(untilMs, fromMs, nowMs)}
          digits={digitsOf(untilMs - nowMs)}
        />
      )}
      <div className="grow" role="status">
        <p className="strong">
          {time === undefined ? rightsTexts.cannotWriteNow : rightsTexts.canWriteAt(time)}
        </p>
        <p className="sm dim">
          {rightsTexts.heldBy(title, by?.name, reason)}{' '}
          {canReact ? rightsTexts.stillReact : rightsTexts.stillRead} <WhyNot here={here} />
        </p>
      </div>
      <div className="acts-row">
        {(draft.trim() !== '' || props.hasFiles) && time !== undefined ? (
          <RuledButton size="small" look="primary" reason={props.waits} onClick={props.sendLater}>
            {rightsTexts.sendAt(time)}
          </RuledButton>
        ) : null}
        <AskAbout
          here={here}
          role={restraint.role}
          label={rightsTexts.askToEnd}
          said={rightsTexts.askedToEnd}
        />
      </div>
      <KeptDraft {...props} />
    </div>
  )
}

/** Asks those who decide about a role of one's own: to lose a restraint, to keep what ends. */
export function AskAbout(props: {
  readonly here: Pick<RightsHere, 'api' | 'view' | 'notices'>
  readonly role: string
  readonly label: string
  readonly said: string
}): ReactNode {
  const { here, role } = props
  const [isBusy, setBusy] = useState(false)
  if (here.view.requested === true) return <span className="sm dim">{props.said}</span>
  const ask = () => {
    setBusy(true)
    here.api
      .requestAccess(keyOf(here.view), { role })
      .catch((cause: unknown) => here.notices.tell(texts.notDone(cause)))
      .finally(() => setBusy(false))
  }
  return (
    <Button size="small" busy={isBusy} onClick={ask}>
      {props.label}
    </Button>
  )
}

/** Nobody holds one back: the channel is read only, archived, or the role is not enough. */
function Plain(props: ClosedProps & { readonly here: RightsHere | undefined }): ReactNode {
  const { control, title } = props
  const view = props.here?.view
  const isLost = control.kind === 'off'
  const said =
    view?.archived === true
      ? [rightsTexts.archived(title), rightsTexts.archivedWhy]
      : view?.readOnly === true
        ? [rightsTexts.onlySome(title), rightsTexts.stillReact]
        : [
            texts.cannotWrite(title, isLost),
            isLost ? `${control.cause} ${texts.canStillRead}` : texts.cannotWriteWhy,
          ]
  return (
    <div className="why" role="status">
      <span className="say">
        <Icon name={isLost ? 'lock' : 'eye'} />
      </span>
      <div className="grow">
        <p className="strong">{said[0]}</p>
        <p className="sm dim">
          {said[1]} {props.here === undefined ? null : <WhyNot here={props.here} />}
        </p>
      </div>
      <KeptDraft {...props} />
    </div>
  )
}

/** For whoever may ask the policy. */
function WhyNot({ here }: { readonly here: RightsHere }): ReactNode {
  return <Why question={{ me: here.me, action: 'publish', on: here.view.resource }} />
}

function KeptDraft({ draft, hasFiles }: ClosedProps): ReactNode {
  if (draft === '' && !hasFiles) return null
  return (
    <p className="kept sm dim">
      <Icon name="pencil" />
      <span className="grow">{texts.draftKept}</span>
      {draft === '' ? null : (
        <Button size="small" look="quiet" onClick={() => void copyText(draft)}>
          {texts.copyDraft}
        </Button>
      )}
    </p>
  )
}
