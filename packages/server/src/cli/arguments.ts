// Reads a command line by the options a verb knows; whatever else is there is refused with a sentence.

import { parseArgs } from 'node:util'
import { usageTrouble } from './trouble.ts'
import { type Arguments, COMMON_OPTIONS, type Option, type Verb } from './verb.ts'

/** @throws {Trouble} if an option is unknown, has no value or too much of one, or operands are missing or too many */
export function readArguments(verb: Verb, args: readonly string[]): Arguments {
  const known = [...verb.options, ...COMMON_OPTIONS]
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(known.map((option) => [option.name, configOf(option)])),
    // Checked below, to refuse in our own words.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const options = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = known.find(({ name }) => name === token.name)
    if (!option) throw unknownOption(verb, token.rawName)
    options.set(option.name, valueIn(verb, option, token))
  }
  if (!options.has('help')) requireCount(verb, positionals.length)
  return { operands: positionals, options }
}

function configOf({ value, short }: Option) {
  const type = value === undefined ? ('boolean' as const) : ('string' as const)
  return { type, ...(short === undefined ? {} : { short }) }
}

type OptionToken = {
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function valueIn(verb: Verb, option: Option, token: OptionToken): string {
  const { rawName, value, inlineValue } = token
  if (option.value === undefined) {
    if (value === undefined) return ''
    throw usageTrouble(`\`${rawName}\` takes no value`, verb.name)
  }
  // `--key --json` forgets the key; a value that begins with a dash is written `--reason=-text`.
  const isNextOption = inlineValue !== true && value?.startsWith('-') === true && value !== '-'
  if (value === undefined || value === '' || isNextOption) {
    throw usageTrouble(`\`${rawName}\` needs a value, ${option.value}`, verb.name)
  }
  return value
}

function unknownOption(verb: Verb, rawName: string) {
  return usageTrouble(`\`sayso ${verb.name}\` knows no option \`${rawName}\``, verb.name)
}

function requireCount({ name, operands }: Verb, count: number): void {
  const { least, most } = operands
  const what = operands.what ?? 'file'
  if (count < least) throw usageTrouble(`\`sayso ${name}\` needs ${counted(least, what)}`, name)
  if (count > most) {
    const limit = most === 0 ? `no ${what}` : `${counted(most, what)} at most`
    throw usageTrouble(`\`sayso ${name}\` takes ${limit}, not ${count}`, name)
  }
}

function counted(count: number, what: string): string {
  const article = /^[aeiou]/.test(what) ? 'an' : 'a'
  if (count === 1) return `${article} ${what}`
  return `${count} ${what}s`
}
