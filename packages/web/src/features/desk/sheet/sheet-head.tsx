// Who it is with, where it came from, and what can be done with it: the frequent in sight, the rest in the menu.

import { type ReactNode, useMemo } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton, RuledButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Menu, type MenuGroup, type MenuItem } from '../../../ui/menu.tsx'
import { Anchor } from '../../../ui/navigation.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { clockTime, dayOf, dayTitle } from '../../../ui/times.ts'
import { BLOCKED } from '../model/close-reason.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { Control } from '../store/rights.ts'
import type { DialogKind } from './dialog-props.ts'
import { offOf } from './off.ts'
import type { SheetProps } from './sheet-props.ts'

type HeadProps = SheetProps & {
  readonly isContext: boolean
  readonly onContext: () => void
  readonly onDialog: (kind: DialogKind) => void
}

export function SheetHead(props: HeadProps): ReactNode {
  const { conversation, controls, onDialog } = props
  const { visitor, state, labels } = conversation
  const groups = useGroups(props)
  const isOpen = state !== 'closed'
  const label = controls.control('label')
  const close = controls.control('close')
  const move = moveOf(props, useDesk().me.id)
  return (
    <header className="sheet-bar">
      <Anchor className="iconbtn back" href={props.back} label={texts.toInbox}>
        <Icon name="chevron-left" size="l" />
      </Anchor>
      <Avatar id={visitor.id} name={visitor.name} size="m" />
      <div className="grow">
        <h1 className="strong cut">
          <bdi>{visitor.name}</bdi>
        </h1>
        <p className="xs faint cut">{openedText(props)}</p>
      </div>
      <div className="sheet-acts">
        {label.kind === 'absent' ? null : (
          <RuledButton
            look="quiet"
            size="small"
            icon="tag"
            reason={offOf(label)}
            onClick={() => onDialog('labels')}
          >
            {labels.length === 0 ? texts.labels.add : labels.join(', ')}
          </RuledButton>
        )}
        {isOpen && move !== undefined ? (
          <RuledButton
            size="small"
            icon="user-plus"
            shortcut="transfer"
            reason={offOf(move.right)}
            onClick={() => onDialog(move.dialog)}
          >
            {move.label}
          </RuledButton>
        ) : null}
        {isOpen && close.kind !== 'absent' ? (
          <RuledButton
            size="small"
            icon="check"
            shortcut="close"
            reason={offOf(close)}
            onClick={() => onDialog('close')}
          >
            {texts.close.open}
          </RuledButton>
        ) : null}
      </div>
      {groups.length === 0 ? null : <Menu icon="ellipsis" label={texts.more} groups={groups} />}
      <span className="context-opener">
        <IconButton
          icon="panel-right"
          label={texts.context.open}
          pressed={props.isContext}
          onClick={props.onContext}
        />
      </span>
    </header>
  )
}

/**
 * Whoever has it hands it on; whoever does not gives it to somebody. The other of the two stands there only where its own is not
 * to be had. A right that has just gone leaves the button as it was.
 */
function moveOf({ controls, conversation }: HeadProps, me: string) {
  const hand = {
    dialog: 'transfer',
    label: texts.transfer.open,
    right: controls.control('transfer'),
  } as const
  const give = {
    dialog: 'assign',
    label: texts.transfer.assign,
    right: controls.control('assign'),
  } as const
  const [own, other] = conversation.assignee?.id === me ? [hand, give] : [give, hand]
  if (own.right.kind === 'on' || (own.right.kind === 'off' && other.right.kind !== 'on')) return own
  return other.right.kind === 'absent' ? undefined : other
}

function openedText({ conversation }: HeadProps): string {
  const { openedAtMs, widget, openedBy, assignee } = conversation
  const now = Date.now()
  const at =
    dayOf(openedAtMs) === dayOf(now)
      ? clockTime(openedAtMs)
      : `${dayTitle(openedAtMs, now)}, ${clockTime(openedAtMs)}`
  const opened = openedBy.isVisitor
    ? texts.opened(at, widget?.name)
    : texts.openedBy(at, openedBy.name)
  return assignee === undefined ? opened : `${opened} · ${texts.hasIt(assignee.name)}`
}

function useGroups(props: HeadProps): readonly MenuGroup[] {
  const { conversation, controls, onDialog, onChanged, rights } = props
  const { calls, me } = useDesk()
  const say = useSay()
  const { key, state, assignee, isWatching } = conversation
  const unblock = useUnblock(props)
  return useMemo(() => {
    const act = (verb: 'release' | 'join' | 'watch' | 'leave', done: string) => () => {
      calls
        .act(key, verb)
        .then(
          () => say({ tone: 'good', title: done }),
          (cause: unknown) => say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) }),
        )
        .finally(onChanged)
    }
    const isOpen = state !== 'closed'
    const isMine = assignee?.id === me.id
    const { acts } = texts
    const first = [
      isOpen && isMine && item('release', 'undo', acts.release, act('release', acts.released)),
      isOpen &&
        !isMine &&
        ruled(controls.control('join'), 'join', 'door-open', acts.join, act('join', acts.joined)),
      isOpen &&
        !isMine &&
        isWatching !== true &&
        ruled(controls.control('watch'), 'watch', 'eye', acts.watch, act('watch', acts.watching)),
      isOpen &&
        !isMine &&
        controls.may('publish') &&
        item('leave', 'log-out', acts.leave, act('leave', acts.left)),
      isOpen &&
        ruled(controls.control('snooze'), 'snooze', 'clock', acts.snooze, () => onDialog('snooze')),
    ]
    const second = [
      ruled(controls.control('export'), 'export', 'arrow-down-to-line', acts.transcript, () =>
        window.open(calls.transcriptHref(key), '_blank', 'noopener'),
      ),
      unblock,
      rights.may('block-visitors') && {
        ...item('block', 'ban', acts.block, () => onDialog('block')),
        isDanger: true,
      },
    ]
    const only = (all: readonly (MenuItem | false | undefined)[]) =>
      all.filter((one): one is MenuItem => typeof one === 'object')
    return [{ items: only(first) }, { items: only(second) }].filter(({ items }) => items.length > 0)
  }, [
    calls,
    say,
    key,
    state,
    assignee,
    isWatching,
    me.id,
    controls,
    onDialog,
    onChanged,
    rights,
    unblock,
  ])
}

/** In the conversation that ended when its visitor was blocked: the way back. */
function useUnblock({ conversation, rights }: HeadProps): MenuItem | undefined {
  const { calls } = useDesk()
  const say = useSay()
  const { visitor, closeReason } = conversation
  const isOffered = closeReason === BLOCKED && rights.may('block-visitors')
  return useMemo(() => {
    if (!isOffered) return undefined
    const unblock = () =>
      void calls.unblock(visitor.id).then(
        () => say({ tone: 'good', title: texts.block.undone(visitor.name) }),
        (cause: unknown) => say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) }),
      )
    return item('unblock', 'undo', texts.acts.unblock, unblock)
  }, [isOffered, calls, say, visitor])
}

type Words = { readonly label: string; readonly detail: string }

function item(key: string, icon: string, words: Words, onSelect: () => void): MenuItem {
  return { key, icon, ...words, onSelect }
}

/** Off with its reason if the right has just gone; not there if it never was. */
function ruled(
  right: Control,
  key: string,
  icon: string,
  words: Words,
  onSelect: () => void,
): MenuItem | undefined {
  if (right.kind === 'absent') return undefined
  const one = item(key, icon, words, onSelect)
  return right.kind === 'off' ? { ...one, detail: right.reason, isOff: true } : one
}
