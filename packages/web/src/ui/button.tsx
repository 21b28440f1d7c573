// Buttons. One that cannot be used now stays, can be focused, and says why.

import type { MouseEvent, ReactNode, Ref } from 'react'
import { Icon } from './icon.tsx'
import { Tip, type TipTarget } from './tip.tsx'

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger' | 'danger filled'

type ButtonProps = {
  readonly children: ReactNode
  readonly look?: ButtonLook
  readonly size?: 'small' | 'large' | 'large wide' | undefined
  readonly type?: 'button' | 'submit'
  readonly busy?: boolean
  readonly icon?: string
  /** What keys of the page call it by. */
  readonly shortcut?: string | undefined
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button(props: ButtonProps & { readonly tip?: TipTarget }): ReactNode {
  const isBusy = props.busy === true
  return (
    <button
      ref={props.ref}
      type={props.type ?? 'button'}
      className={`btn ${props.look ?? 'plain'} ${props.size ?? ''}`}
      aria-disabled={isBusy || undefined}
      data-shortcut={props.shortcut}
      {...props.tip}
      onClick={(event) => {
        if (isBusy) event.preventDefault()
        else props.onClick?.(event)
      }}
    >
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      {props.children}
    </button>
  )
}

/**
 * A button that a right turns off: `reason` says why it cannot be used. It is the same element then, so that the focus stays where
 * it is.
 */
export function RuledButton(
  props: Omit<ButtonProps, 'busy' | 'ref'> & { readonly reason: string | undefined },
): ReactNode {
  const { reason, ...rest } = props
  const isOff = reason !== undefined
  return (
    <Tip text={reason ?? ''} isReason={isOff}>
      {(tip) => <Button {...rest} busy={isOff} tip={tip} />}
    </Tip>
  )
}

/** A button without words on it. `reason` says why it cannot be used, and turns it off. */
export function IconButton(props: {
  readonly icon: string
  readonly label: string
  readonly reason?: string | undefined
  readonly large?: boolean
  readonly className?: string
  readonly pressed?: boolean
  readonly tabIndex?: number
  /** What keys of the page call it by. */
  readonly shortcut?: string | undefined
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void
}): ReactNode {
  const isOff = props.reason !== undefined
  return (
    <Tip text={props.reason ?? props.label} isReason={isOff}>
      {(tip) => (
        <button
          type="button"
          className={`iconbtn ${props.className ?? ''}`}
          aria-label={props.label}
          aria-disabled={isOff || undefined}
          aria-pressed={props.pressed}
          tabIndex={props.tabIndex}
          data-shortcut={props.shortcut}
          {...tip}
          onClick={isOff ? undefined : props.onClick}
        >
          <Icon name={props.icon} size={props.large === true ? 'l' : 'm'} />
        </button>
      )}
    </Tip>
  )
}
