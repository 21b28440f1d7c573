// How one is seen at the desk, and the menu to change it.

import { type ReactNode, useEffect } from 'react'
import { Avatar, type PresenceLook } from '../../../ui/avatar.tsx'
import { focusFirst, MenuContent, type MenuGroup } from '../../../ui/menu.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { usePopup } from '../../../ui/popup.ts'
import type { Status } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useOwnStatus } from '../store/use-status.ts'

const STATUSES: readonly {
  readonly key: Status
  readonly icon: string
  readonly look: PresenceLook
}[] = [
  { key: 'available', icon: 'circle-dot', look: 'on' },
  { key: 'busy', icon: 'circle-minus', look: 'dnd' },
  { key: 'away', icon: 'moon-star', look: 'away' },
]

export function lookOf(status: string | undefined): PresenceLook {
  return STATUSES.find(({ key }) => key === status)?.look ?? 'off'
}

export function OwnMenu(props: { readonly onSignOut: () => void }): ReactNode {
  const { me } = useDesk()
  const { own } = useOwnStatus()
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('above')
  const groups = useOwnGroups(props.onSignOut)
  useEffect(() => {
    if (isOpen) focusFirst(popup.current)
  }, [isOpen, popup])
  const status = own === undefined ? undefined : texts.status[own.status]
  return (
    <div className="own-menu">
      <button
        ref={trigger}
        type="button"
        className="self"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={open}
      >
        <Avatar id={me.id} name={me.name} picture={me.picture} here={lookOf(own?.status)} />
        <span className="vh">{texts.youAre(me.name, status)}</span>
      </button>
      <div ref={popup} popover="auto" className="popup menu" onToggle={onToggle}>
        {isOpen ? (
          <MenuContent label={texts.yourStatus} groups={groups} popup={popup} close={close} />
        ) : null}
      </div>
    </div>
  )
}

/** The statuses as items of a menu, and the ways out. */
function useOwnGroups(onSignOut: () => void): readonly MenuGroup[] {
  const statuses = useStatusGroup()
  const navigate = useNavigate()
  return [
    statuses,
    {
      items: [
        {
          key: 'chat',
          label: texts.toChat,
          icon: 'messages-square',
          onSelect: () => navigate('/chat'),
        },
        { key: 'out', label: texts.signOut, icon: 'log-out', onSelect: onSignOut },
      ],
    },
  ]
}

export function useStatusGroup(): MenuGroup {
  const { own, setStatus } = useOwnStatus()
  const load = own === undefined ? undefined : texts.load(own.open, own.capacity)
  return {
    title: texts.yourStatus,
    items: STATUSES.map(({ key, icon }) => ({
      key,
      icon,
      label: texts.status[key],
      detail: key === 'available' ? load : texts.statusDetail[key],
      isChecked: own?.status === key,
      onSelect: () => void setStatus(key),
    })),
  }
}
