// Opens the emoji picker beside a button of its own. Nothing of it is loaded before somebody wants it.

import '../../../ui/more-icons.ts'
import { type ReactNode, Suspense } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { again, lazy } from '../../../ui/late.ts'
import { usePopup } from '../../../ui/popup.ts'
import { memo } from '../../../ui/spoken.ts'
import { Tip } from '../../../ui/tip.tsx'
import { composerTexts } from '../model/texts-composer.ts'

const loadPicker = () => import('./emoji-picker.tsx')
const EmojiPicker = lazy(loadPicker)

/** A button that picks emoji. With Shift held the picker stays open for more. */
export const EmojiButton = memo(function EmojiButton(props: {
  readonly label: string
  readonly icon?: string
  readonly className?: string
  readonly tabIndex?: number
  /** Why it cannot be used now; it stays, and says so. */
  readonly reason?: string | undefined
  readonly onPick: (char: string) => void
  /** Opened or closed: what shows the button only for a while must keep it meanwhile. */
  readonly onOpenChange?: (isOpen: boolean) => void
}): ReactNode {
  const { trigger, popup, isOpen, open, close, onToggle } = usePopup('above')
  const isOff = props.reason !== undefined
  return (
    <>
      <Tip text={props.reason ?? props.label} isReason={isOff}>
        {(tip) => (
          <button
            ref={trigger}
            type="button"
            className={`iconbtn ${props.className ?? ''}`}
            aria-label={props.label}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            aria-disabled={isOff || undefined}
            tabIndex={props.tabIndex}
            {...tip}
            onPointerEnter={() => {
              tip.onPointerEnter()
              void again(loadPicker)
            }}
            onClick={isOff ? undefined : open}
          >
            <Icon name={props.icon ?? 'smile'} />
          </button>
        )}
      </Tip>
      <div
        ref={popup}
        popover="auto"
        role="dialog"
        tabIndex={-1}
        aria-label={props.label}
        className="popup menu emoji-popup"
        onToggle={(event) => {
          onToggle(event)
          props.onOpenChange?.(event.newState === 'open')
        }}
      >
        {isOpen ? (
          <>
            <div className="grip">
              <IconButton icon="x" label={composerTexts.close} onClick={close} />
            </div>
            <Suspense fallback={<div className="emoji-picker" aria-busy="true" />}>
              <EmojiPicker
                onPick={(char, again) => {
                  // What takes the emoji may take the focus too: it is not brought back to the button then.
                  props.onPick(char)
                  if (!again) close()
                }}
              />
            </Suspense>
          </>
        ) : null}
      </div>
    </>
  )
})
