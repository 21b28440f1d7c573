// The emoji picked last on this device, newest first, and the skin tone chosen.

const RECENT = 'sayso.emoji.recent'
const TONE = 'sayso.emoji.tone'
const MOST = 24

/** What a newcomer finds where others have what they picked last. */
const USUAL = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀', '✅', '🔥', '💯', '👏']

export function recentEmoji(): readonly string[] {
  const kept: unknown = read(RECENT)
  const recent = Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  return [...new Set([...recent, ...USUAL])].slice(0, MOST)
}

export function noteEmoji(char: string): void {
  const others = recentEmoji().filter((one) => one !== char)
  write(RECENT, [char, ...others].slice(0, MOST))
}

/** 0 to 5; 0 is the yellow that stands for nobody. */
export function skinTone(): number {
  const tone: unknown = read(TONE)
  return typeof tone === 'number' && tone >= 0 && tone <= 5 ? tone : 0
}

export function setSkinTone(tone: number): void {
  write(TONE, tone)
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Without storage the next visit starts from the usual ones.
  }
}
