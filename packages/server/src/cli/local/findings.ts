// What `sayso doctor` found out: one line for each thing looked at.

/** `wrong`: it will not work. `warning`: it works, and somebody will be sorry. */
export type Grade = 'fine' | 'warning' | 'wrong'

export type Finding = {
  readonly what: string
  readonly grade: Grade
  /** How it is, as a sentence without a stop. */
  readonly message: string
  readonly remedy?: string
}

export const fine = (what: string, message: string): Finding => ({ what, grade: 'fine', message })

export const warning = (what: string, message: string, remedy: string): Finding => ({
  what,
  grade: 'warning',
  message,
  remedy,
})

export const wrong = (what: string, message: string, remedy: string): Finding => ({
  what,
  grade: 'wrong',
  message,
  remedy,
})

const MARKS: Readonly<Record<Grade, string>> = {
  fine: 'ok     ',
  warning: 'warning',
  wrong: 'WRONG  ',
}

export function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ what, grade, message, remedy }) => [
    `${MARKS[grade]}  ${what.padEnd(10)} ${message}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(20)}→ ${remedy}`]),
  ])
}
