// Who one is, as others see it, and the menu to change that. In the place of the plain name, once it is loaded.

import '../../styles/live.css'
import type { PersonView } from '@sayso/client'
import { type ReactNode, useEffect, useState } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { focusFirst, MenuContent } from '../../../../ui/menu.tsx'
import '../../../../ui/more-icons.ts'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { usePopup } from '../../../../ui/popup.ts'
import { serverNow } from '../../../../ui/server-clock.ts'
import { liveTexts } from '../../model/texts-live.ts'
import { useAdministers, useWorksAtDesk } from '../../store/use-administers.ts'
import { useOwnGroups } from './own-groups.ts'
import { useOwnSaid } from './own-said.ts'
import { lookOf } from './presence-look.ts'
import { availabilityText, statusText } from './presence-words.ts'
import { StatusDialog } from './status-dialog.tsx'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function OwnMenu(props: {
  readonly me: PersonView
  /** The connection is there: without it one is not seen at all. */
  readonly isLive: boolean
  /** What stands under the name while there is nothing else to say. */
  readonly below: ReactNode
}): ReactNode {
  const { me, isLive } = props
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('above')
  const [isWriting, setWriting] = useState(false)
  const own = useOwnSaid()
  const said = isLive ? own : undefined
  const navigate = useNavigate()
  const choices = useOwnGroups(() => setWriting(true))
  const administer = {
    key: 'admin',
    label: liveTexts.administer,
    icon: 'shield-check',
    onSelect: () => navigate('/admin'),
  }
  const work = {
    key: 'desk',
    label: liveTexts.desk,
    icon: 'headset',
    onSelect: () => navigate('/desk'),
  }
  const ways = [
    ...(useWorksAtDesk(isOpen) ? [work] : []),
    ...(useAdministers(isOpen) ? [administer] : []),
  ]
  const groups = ways.length > 0 ? [...choices, { items: ways }] : choices
  useEffect(() => {
    if (isOpen) focusFirst(popup.current)
  }, [isOpen, popup])
  const state = availabilityText(said, serverNow())
  const status = statusText(said)
  const isPlain = status === undefined && (said === undefined || said.availability === 'online')
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="self"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={open}
      >
        <Avatar id={me.id} name={me.name} picture={me.picture} size="m" here={lookOf(said)} />
        <span className="grow">
          <span className="strong sm cut">{me.name}</span>
          {isPlain ? (
            props.below
          ) : (
            <span className="xs dim cut">
              <bdi>{status ?? state}</bdi>
            </span>
          )}
        </span>
        <span className="vh">{liveTexts.youAre(state)}</span>
      </button>
      <div ref={popup} popover="auto" className="popup menu" onToggle={onToggle}>
        {isOpen ? (
          <MenuContent label={liveTexts.state} groups={groups} popup={popup} close={close} />
        ) : null}
      </div>
      {isWriting ? <StatusDialog onClose={() => setWriting(false)} /> : null}
    </>
  )
}
