// How user input appears in messages: in backticks, on one line, never longer than a glance.

const LONGEST = 80

/** Wraps text a person or program gave us; cuts it at 80 characters. */
export function quote(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}`]/gu, '\uFFFD')
  return `\`${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}\``
}
