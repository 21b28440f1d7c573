// Every emoji with its name, its codes and what else it is found by. Pure; the data comes from `load-emoji.ts`.

/** An emoji as the data package has it, as far as it is used. */
export type EmojiRecord = {
  readonly emoji: string
  readonly hexcode: string
  readonly label: string
  /** Of the emoji standard in which it came. */
  readonly version: number
  /** Absent: a part of other emoji, nothing to pick. */
  readonly group?: number
  readonly tags?: readonly string[]
  readonly skins?: readonly { readonly emoji: string }[]
}

/** Codes by hexcode: `tada` of `:tada:`. */
export type EmojiCodes = Readonly<Record<string, string | readonly string[]>>

export type Emoji = {
  readonly char: string
  /** What it is called, for those who hear it: `waving hand`. */
  readonly name: string
  /** What it is written by between colons; the usual one first. */
  readonly codes: readonly string[]
  /** Place in `EMOJI_GROUPS`. */
  readonly group: number
  /** Other words it is found by, in lower case. */
  readonly tags: readonly string[]
  /** The same in the five skin tones, from light to dark; empty if it has none. */
  readonly skins: readonly string[]
}

export type EmojiTable = {
  readonly all: readonly Emoji[]
  readonly byCode: ReadonlyMap<string, Emoji>
  /** Finds an emoji by its character, also one in a skin tone. */
  readonly byChar: ReadonlyMap<string, Emoji>
}

/** Numbers of the groups in the data, in the order they are shown. */
export const EMOJI_GROUPS: readonly number[] = [0, 1, 3, 4, 5, 6, 7, 8, 9]

const TONES = 5
/** Everything before this version has a picture wherever these pages run. */
const NEWISH = 13

/** `isShown` says whether an emoji can be seen on this device; all of its version go with it. */
export function tableOf(
  records: readonly EmojiRecord[],
  codes: EmojiCodes,
  isShown: (char: string) => boolean = () => true,
): EmojiTable {
  const versions = new Map<number, boolean>()
  const all = records.flatMap((record) => {
    const isKnown =
      versions.get(record.version) ?? (record.version < NEWISH || isShown(record.emoji))
    versions.set(record.version, isKnown)
    return isKnown ? emojiOf(record, codes) : []
  })
  const byCode = new Map<string, Emoji>()
  const byChar = new Map<string, Emoji>()
  for (const emoji of all) {
    for (const code of emoji.codes) byCode.set(code, emoji)
    for (const char of [emoji.char, ...emoji.skins]) byChar.set(char, emoji)
  }
  return { all, byCode, byChar }
}

/** The emoji in a skin tone, 1 (light) to 5 (dark); 0, or an emoji that has no tones: as it is. */
export function toned(emoji: Emoji, tone: number): string {
  return emoji.skins[tone - 1] ?? emoji.char
}

function emojiOf(record: EmojiRecord, codes: EmojiCodes): readonly Emoji[] {
  const group = EMOJI_GROUPS.indexOf(record.group ?? -1)
  if (group === -1) return []
  // Couples have a tone for each; picking both would be a form to fill in.
  const skins = (record.skins ?? []).map((skin) => skin.emoji)
  return [
    {
      char: usual(record.emoji),
      name: record.label,
      codes: [codes[record.hexcode] ?? []].flat(),
      group,
      tags: record.tags ?? [],
      skins: skins.length === TONES ? skins : [],
    },
  ]
}

/** What is an emoji anyway needs no sign that says so; with it, the same reaction would count as another. */
function usual(char: string): string {
  return char.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1')
}
