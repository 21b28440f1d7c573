// The commands about how one is seen, what one is told of, and a word to somebody.

import type { PeopleView } from '@sayso/client'
import { serverNow } from '../../../../ui/server-clock.ts'
import { channelHref } from '../../model/channels.ts'
import { type CommandContext, registerCommand } from '../../model/commands.ts'
import { endOf } from '../../model/durations.ts'
import { type Mentionable, mentionable, mentionPieces } from '../../model/mentions.ts'
import { ownChoiceIn, PRESENCE_KEY } from '../../model/own-presence.ts'
import { isEmoji, lineOf, type StatusLine } from '../../model/presence-said.ts'
import { spanIn } from '../../model/spans.ts'
import { commandTexts } from '../../model/texts-commands.ts'
import { unknownNames } from '../../model/unknown-names.ts'
import { peopleNamed, peopleOf } from '../../store/called-people.ts'
import { chooseIn } from '../../store/use-own-choice.ts'

function personalOf({ personal }: CommandContext) {
  if (personal === undefined) throw new Error(commandTexts.notYet)
  return personal
}

function endText(untilMs: number | undefined): string | undefined {
  return untilMs === undefined ? undefined : endOf(untilMs, serverNow())
}

/** `🌴 On holiday`: the emoji is what stands first. */
function statusOf(text: string): StatusLine | undefined {
  const [first = '', ...others] = text.split(/\s+/)
  const line = isEmoji(first)
    ? { emoji: first, text: lineOf(others.join(' ')) }
    : { text: lineOf(text) }
  return line.text === '' && !('emoji' in line) ? undefined : line
}

registerCommand({
  name: 'away',
  title: () => commandTexts.away,
  takes: () => commandTexts.statusTakes,
  run: (text, context) => {
    const status = statusOf(text)
    chooseIn(personalOf(context), {
      state: 'away',
      untilMs: undefined,
      ...(status === undefined ? {} : { status }),
    })
    context.tell(commandTexts.nowAway())
  },
})

registerCommand({
  name: 'back',
  title: () => commandTexts.back,
  run: (_, context) => {
    chooseIn(personalOf(context), { state: undefined, untilMs: undefined, status: undefined })
    context.tell(commandTexts.nowBack())
  },
})

registerCommand({
  name: 'dnd',
  title: () => commandTexts.dnd,
  takes: () => commandTexts.spanTakes,
  run: (text, context) => {
    const span = spanIn(text)
    if (text !== '' && span === undefined) throw new Error(commandTexts.noSpan(text))
    const untilMs = span && serverNow() + span.ms
    chooseIn(personalOf(context), { state: 'dnd', untilMs })
    context.tell(commandTexts.nowDnd(endText(untilMs)))
  },
})

registerCommand({
  name: 'status',
  title: () => commandTexts.status,
  takes: () => commandTexts.statusTakes,
  run: (text, context) => {
    const personal = personalOf(context)
    const status = statusOf(text)
    chooseIn(personal, { status })
    const now = ownChoiceIn(personal.get('settings', PRESENCE_KEY), serverNow())
    context.tell(commandTexts.nowStatus(now.status && statusWords(now.status)))
  },
})

function statusWords({ emoji, text }: StatusLine): string {
  return emoji === undefined ? text : `${emoji} ${text}`.trim()
}

registerCommand({
  name: 'mute',
  title: () => commandTexts.mute,
  takes: () => commandTexts.muteTakes,
  run: (text, context) => {
    const { view } = context
    const name = view.channel
    const span = spanIn(text)
    const isOff = text.toLowerCase() === 'off'
    if (text !== '' && !isOff && span === undefined) throw new Error(commandTexts.noSpan(text))
    if (name === undefined) return
    const untilMs = span && serverNow() + span.ms
    const muted = { level: 'none', ...(untilMs === undefined ? {} : { untilMs }) }
    personalOf(context).set('notify', name, isOff ? undefined : muted)
    context.tell(
      isOff
        ? commandTexts.nowUnmuted(view.title)
        : commandTexts.nowMuted(view.title, endText(untilMs)),
    )
  },
})

registerCommand({
  name: 'dm',
  title: () => commandTexts.dm,
  takes: () => commandTexts.dmTakes,
  needsText: true,
  run: async (text, context) => {
    const known = await knownIn(text, context)
    const [first, ...others] = mentionPieces(text, known)
    const who = first?.who
    if (who === undefined) throw new Error(commandTexts.nobody)
    const said = others
      .map((piece) => piece.text)
      .join('')
      .trim()
    const { key } = await context.api.startDirect({ people: [who.id] })
    await context.opened(key)
    if (said !== '') context.sendTo(key, said)
    context.navigate(channelHref(key))
  },
})

/** Whom a text may begin with: those of the page, and where it names none of them, whom the server finds of that name. */
async function knownIn(text: string, context: CommandContext): Promise<readonly Mentionable[]> {
  const known = personsIn(context.people)
  if (mentionPieces(text, known)[0]?.who !== undefined) return known
  const [name] = unknownNames(text, known)
  if (name === undefined) return known
  return personsIn(await peopleNamed(peopleOf(context.api, context.channelKey), name))
}

function personsIn(people: PeopleView['people']): readonly Mentionable[] {
  return mentionable(people, false).filter(({ kind }) => kind === 'person')
}
