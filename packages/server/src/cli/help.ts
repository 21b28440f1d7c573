// The help texts, made from what the verbs say of themselves.

import { COMMON_OPTIONS, type Option, type Verb } from './verb.ts'

const WIDTH = 26

/** For `sayso --help` and `sayso policy --help`. */
export function generalHelp(verbs: readonly Verb[]): readonly string[] {
  return [
    'Usage: sayso policy <verb> ...',
    '',
    'Checks, compares, tests and applies policy documents (docs/policy.md). A file called `-` is',
    'standard input.',
    '',
    ...verbs.map(({ name, summary }) => `  ${name.padEnd(7)} ${summary}`),
    '',
    '`sayso policy <verb> --help` says more. `npm start` runs the server.',
  ]
}

export function verbHelp({ name, usage, summary, help, options }: Verb): readonly string[] {
  return [
    `Usage: sayso policy ${name} ${usage} [options]`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ...help,
    '',
    ...[...options, ...COMMON_OPTIONS].flatMap(optionLines),
  ]
}

function optionLines({ name, short, value, help }: Option): readonly string[] {
  const words = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`
  const isLong = words.length > WIDTH
  return isLong
    ? [`  ${words}`, `  ${' '.repeat(WIDTH)} ${help}`]
    : [`  ${words.padEnd(WIDTH)} ${help}`]
}
