// The help texts, made from what the verbs say of themselves.

import { COMMON_OPTIONS, type Option, type Verb } from './verb.ts'

const WIDTH = 26

/** For `sayso --help`, and for `sayso <topic> --help` with the verbs of that topic. */
export function generalHelp(verbs: readonly Verb[], topic?: string): readonly string[] {
  const width = Math.max(...verbs.map(({ name }) => name.length)) + 2
  const usage = topic === undefined ? '<command>' : `${topic} <verb>`
  return [
    `Usage: sayso ${usage} ...`,
    '',
    ...verbs.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    `\`sayso ${usage} --help\` says more. A file called \`-\` is standard input. More: docs/cli.md.`,
  ]
}

export function verbHelp({ name, usage, summary, help, options }: Verb): readonly string[] {
  return [
    `Usage: sayso ${[name, usage, '[options]'].filter((word) => word !== '').join(' ')}`,
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
