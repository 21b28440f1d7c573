// What one may do about somebody, from one menu: their roles here, what holds them back, a word with them.

import '../../../ui/more-icons.ts'
import type { MoveView } from '@sayso/client'
import { type ReactNode, Suspense, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { lazy } from '../../../ui/late.ts'
import { Menu, type MenuGroup } from '../../../ui/menu.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { channelHref } from '../model/channels.ts'
import type { Control } from '../model/controls.ts'
import { grammar } from '../model/grammar.ts'
import { hash, texts } from '../model/texts.ts'
import { peopleTexts } from '../model/texts-people.ts'
import { whoTexts } from '../model/texts-who.ts'
import { type Blocks, useBlocks } from '../store/blocks.ts'
import { useMayHere } from '../store/use-may-here.ts'
import { effectSentence } from './effect-sentence.ts'
import { lookOf } from './live/presence-look.ts'
import { iconOf, labelOf } from './move-label.ts'
import type { PersonProps } from './people-props.ts'
import { useWhyOf, type WhyOf } from './use-why-of.ts'

const BlockDialog = lazy(async () => ({
  default: (await import('./block-dialog.tsx')).BlockDialog,
}))

/** Once open, what it offers stays: a right that goes turns its item off in place. */
export function PersonMenu(props: PersonProps): ReactNode {
  const { person, control } = props
  const [offered, setOffered] = useState<readonly MoveView[] | undefined>(undefined)
  const [isBlocking, setBlocking] = useState(false)
  const blocks = useBlocks(props.api, offered !== undefined)
  const navigate = useNavigate()
  const whyOf = useWhyOf()
  const mayTalk = useMayHere('message-people') && !person.isMe
  const keyOf = ({ command, to }: MoveView) => `${command} ${to.role}`
  const gone = (offered ?? []).filter(
    (one) => !person.moves.some((move) => keyOf(move) === keyOf(one)),
  )
  const moves = [
    ...person.moves,
    ...gone.map((move) => ({ ...move, allowed: false, effect: texts.rightsChanged })),
  ].filter((move) => isOffered(move, control) || offered !== undefined)
  if (offered === undefined && moves.length === 0 && !mayTalk) return null
  const menu = (
    <Menu
      label={peopleTexts.actionsFor(person.name)}
      tabIndex={props.tabIndex}
      icon="ellipsis"
      onOpenChange={(isOpen) => {
        setOffered(isOpen ? person.moves : undefined)
        props.onHold(isOpen)
      }}
      head={<Head {...props} />}
      groups={[
        ...groupsOf(props, moves, mayTalk ? navigate : undefined, whyOf),
        ...(mayTalk ? [blockGroup(props, blocks, () => setBlocking(true))] : []),
      ]}
    />
  )
  return (
    <>
      {menu}
      {isBlocking ? (
        <Suspense fallback={null}>
          <BlockDialog person={person} blocks={blocks} onClose={() => setBlocking(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Not to be written to by them, or again. */
function blockGroup(
  { person, notices }: PersonProps,
  blocks: Blocks,
  onBlock: () => void,
): MenuGroup {
  const isBlocked = blocks.has(person.id) === true
  const end = () =>
    blocks.set(person.id, false).catch((cause: unknown) => notices.tell(texts.notDone(cause)))
  return {
    items: [
      {
        key: 'block',
        label: isBlocked ? whoTexts.unblock : whoTexts.block,
        icon: 'message-square-off',
        isDanger: !isBlocked,
        onSelect: isBlocked ? () => void end() : onBlock,
      },
    ],
  }
}

function Head(props: PersonProps): ReactNode {
  const { person, channelTitle } = props
  const role = person.roles[0]
  return (
    <>
      <Avatar
        id={person.id}
        name={person.name}
        picture={person.picture}
        here={lookOf(props.said)}
      />
      <div className="grow">
        <div className="strong sm cut">{person.name}</div>
        {role === undefined ? null : (
          <Tag
            title={peopleTexts.roleIn(role.title, hash(channelTitle))}
            glyph={role.glyph}
            tone={role.tone}
          />
        )}
      </div>
    </>
  )
}

function groupsOf(
  props: PersonProps,
  moves: readonly MoveView[],
  navigate: ReturnType<typeof useNavigate> | undefined,
  whyOf: WhyOf,
): readonly MenuGroup[] {
  const { person, control } = props
  const talk = {
    key: 'message',
    label: peopleTexts.message,
    icon: 'message-circle',
    onSelect: () =>
      void props.api.startDirect({ people: [person.id] }).then(
        ({ key }) => navigate?.(channelHref(key)),
        (cause: unknown) => props.notices.tell(texts.notDone(cause)),
      ),
  }
  const item = (move: MoveView) => ({
    key: `${move.command} ${move.to.role}`,
    label: labelOf(move),
    icon: iconOf(move),
    detail: detailOf(move, control),
    // What is known of one's own rights is newer than the list of people.
    isOff: !move.allowed || own(move, control).kind === 'off',
    isDanger: move.command === 'restrain' && move.action === 'remove',
    ...whyOf(labelOf(move), lostFor(move, control)),
    onSelect: () =>
      move.command === 'restrain' ? props.onAskFirst({ person, move }) : props.onMove(person, move),
  })
  const timed = moves
    .filter(({ command, allowed }) => command === 'promote' && allowed)
    .map((move) => ({
      key: 'promote for a time',
      label: peopleTexts.promoteFor(grammar.roleWord(move.to)),
      icon: 'timer',
      isOff: own(move, control).kind === 'off',
      ...whyOf(peopleTexts.promoteFor(grammar.roleWord(move.to)), lostFor(move, control)),
      onSelect: () => props.onAskFirst({ person, move }),
    }))
  const isHolding = ({ command }: MoveView) => command === 'restrain' || command === 'release'
  const groups = [
    [
      ...(navigate === undefined ? [] : [talk]),
      ...moves.filter((move) => !isHolding(move)).map(item),
      ...timed,
    ],
    moves.filter(isHolding).map(item),
  ]
  return groups.filter((items) => items.length > 0).map((items) => ({ items }))
}

/** How one's own right to it stands. */
function own(move: MoveView, control: PersonProps['control']): Control {
  return control(actionOf(move))
}

function actionOf({ action, command }: MoveView): string {
  return action ?? command
}

/** The action one may not do any more. */
function lostFor(move: MoveView, control: PersonProps['control']): string | undefined {
  return own(move, control).kind === 'off' ? actionOf(move) : undefined
}

/** A menu of nothing but refusals is shown only to who could do it a moment ago. */
function isOffered(move: MoveView, control: PersonProps['control']): boolean {
  return move.allowed || own(move, control).kind === 'off'
}

/** What it would do; or, if one could do it a moment ago, why one cannot now. */
function detailOf(move: MoveView, control: PersonProps['control']): string {
  const right = own(move, control)
  if (right.kind === 'off') return right.reason
  return move.allowed ? effectSentence(move) : move.effect
}
