// Whether one takes conversations, and the menu to change that; on a phone the dock's own is at the bottom as well.

import { type ReactNode, useEffect, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { lengthOf } from '../../../ui/lengths.ts'
import { focusFirst, MenuContent } from '../../../ui/menu.tsx'
import { usePopup } from '../../../ui/popup.ts'
import { texts } from '../model/texts.ts'
import { moveTexts } from '../model/texts-moves.ts'
import { useOwnStatus } from '../store/use-status.ts'
import { useStatusGroup } from '../view/own-menu.tsx'
import { ClosingDialog } from './closing-dialog.tsx'

const GLYPHS = { available: 'circle-dot', busy: 'circle-minus', away: 'moon-star' } as const

export function StatusButton(): ReactNode {
  const { own } = useOwnStatus()
  const group = useStatusGroup()
  const [isClosing, setClosing] = useState(false)
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('below')
  useEffect(() => {
    if (isOpen) focusFirst(popup.current)
  }, [isOpen, popup])
  if (own === undefined) return null
  const { closing } = moveTexts
  const rule = {
    key: 'closing',
    icon: 'clock',
    label: closing.open,
    detail:
      own.closing === undefined
        ? closing.isOff
        : closing.isOn(lengthOf(own.closing.afterSeconds * 1_000)),
    onSelect: () => setClosing(true),
  }
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="badge status"
        data-status={own.status}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={open}
      >
        <Icon name={GLYPHS[own.status]} size="s" />
        {texts.status[own.status]}
        <span className="num" title={texts.load(own.open, own.capacity)}>
          {own.open}/{own.capacity}
        </span>
      </button>
      <div ref={popup} popover="auto" className="popup menu" onToggle={onToggle}>
        {isOpen ? (
          <MenuContent
            label={texts.yourStatus}
            groups={[group, { items: [rule] }]}
            popup={popup}
            close={close}
          />
        ) : null}
      </div>
      {isClosing ? <ClosingDialog onClose={() => setClosing(false)} /> : null}
    </>
  )
}
