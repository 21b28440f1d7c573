// Commands one writes after a `/`, and finds in the quick switcher. Each part of the chat registers its own.

import type { Api, OwnCollection, PeopleView, ResourceView } from '@sayso/client'
import type { Control } from './controls.ts'
import type { Said } from './texts.ts'
import type { Fields } from './timeline.ts'

/** What is one's own, on all devices. */
export type OwnKept = {
  get(collection: OwnCollection, key: string): Fields | undefined
  set(collection: OwnCollection, key: string, value: Fields | undefined): void
}

export type CommandContext = {
  readonly api: Api
  readonly view: ResourceView
  readonly channelKey: string
  readonly tell: (said: Said) => void
  /** Sends a text here, as if it had been written. */
  readonly send: (text: string) => void
  readonly navigate: (href: string) => void
  /** Whom one sees here. */
  readonly people: PeopleView['people']
  /** What is one's own; absent for the first moment. */
  readonly personal: OwnKept | undefined
  /** Sends a text to another channel that one may write in. */
  readonly sendTo: (channelKey: string, text: string) => void
  /** Resolves once a channel can be written in. @throws if that takes too long */
  readonly opened: (channelKey: string) => Promise<void>
}

export type Command = {
  /** What stands after the `/`: lower case, no spaces. */
  readonly name: string
  /** What it does: `Change what this channel is about`. Read while drawing. */
  readonly title: () => string
  /** What it takes, as a word for its place: `what about`. Absent: nothing. */
  readonly takes?: () => string
  /** It cannot do without. */
  readonly needsText?: boolean
  /** The action of the policy it takes. Who does not have it is not offered the command. Absent: everybody. */
  readonly action?: string
  /** @throws what the server said; it is told, and the text stays */
  readonly run: (text: string, context: CommandContext) => unknown
}

const commands = new Map<string, Command>()

/** Adds a command. One of the same name takes the place of the one before. */
export function registerCommand(command: Command): void {
  commands.set(command.name, command)
}

/** What may be done here and now, by name. */
export function commandsFor(control: (action: string) => Control): readonly Command[] {
  return [...commands.values()]
    .filter(({ action }) => action === undefined || control(action).kind === 'on')
    .sort((one, other) => one.name.localeCompare(other.name))
}

/** The command a text is, with what it is given; absent: the text is a message. */
export function commandIn(
  text: string,
  known: readonly Command[],
): { readonly command: Command; readonly given: string } | undefined {
  const match = /^\/([a-z-]+)(?:\s+([\s\S]*))?$/.exec(text.trim())
  const command = known.find(({ name }) => name === match?.[1])
  return command === undefined ? undefined : { command, given: match?.[2]?.trim() ?? '' }
}
