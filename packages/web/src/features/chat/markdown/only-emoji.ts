// Whether a text is a few emoji and nothing else: it is shown large then.

/** What no emoji can be without, nearly every text is turned away here. */
const MAY_BE =
  /^(?:\s|:[a-z0-9_+-]+:|[#*0-9]\ufe0f?\u20e3|\u200d|\ufe0f|[\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}\u{e0020}-\u{e007f}])+$/u

const ONE_EMOJI = String.raw`(?:\p{RGI_Emoji}|:[a-z0-9_+\-]+:)`
/** Knows every emoji there is. Made when it is first needed: that takes longer than to draw the list. */
let onlyEmoji: RegExp | undefined

/** From one to three emoji, as characters or as codes such as `:tada:`. */
export function isOnlyEmoji(source: string): boolean {
  if (source.length >= 80 || !MAY_BE.test(source)) return false
  onlyEmoji ??= new RegExp(`^\\s*(?:${ONE_EMOJI}\\s*){1,3}$`, 'v')
  return onlyEmoji.test(source)
}
