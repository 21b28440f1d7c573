// What the pages never use of packages is left out of the build. A package that has changed fails it: then look again.

import type { Plugin } from 'vite'

/** Members of the emoji data that the pages read; the rest would double what a first look at the emoji loads. */
const EMOJI_MEMBERS = new Set(['emoji', 'hexcode', 'label', 'version', 'group', 'tags'])

export function leanEmoji(): Plugin {
  return {
    name: 'sayso-lean-emoji',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /emojibase-data\/\w+\/data\.json$/ },
      handler: (code) => {
        const all = JSON.parse(code) as readonly Record<string, unknown>[]
        const lean = all
          .filter((one) => one.group !== undefined)
          .map((one) => ({
            ...Object.fromEntries(Object.entries(one).filter(([name]) => EMOJI_MEMBERS.has(name))),
            ...(Array.isArray(one.skins)
              ? { skins: one.skins.map(({ emoji }) => ({ emoji })) }
              : {}),
          }))
        return { code: JSON.stringify(lean), map: { mappings: '' } }
      },
    },
  }
}

/** React asks for the keys of the strokes of an icon only where it watches for mistakes. */
export function leanIcons(): Plugin {
  return {
    name: 'sayso-lean-icons',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /lucide-react\/dist\/esm\/icons\/[\w-]+\.mjs$/ },
      handler: (code) => ({ code: code.replaceAll(/, key: "\w+"/g, ''), map: null }),
    },
  }
}

/** Where the client makes what its REST part has for push notifications of phones: a class for each call, and its errors. */
const PUSH = [
  'this.DeviceDetails = devicedetails_default;',
  'this.PushChannelSubscription = pushchannelsubscription_default;',
  'this.push = new push_default(this.client);',
] as const

export function leanAbly(): Plugin {
  return {
    name: 'sayso-lean-ably',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /ably\/build\/modular\/index\.mjs$/ },
      handler(code) {
        const left = PUSH.reduce((text, line) => {
          if (text.split(line).length !== 2) this.error(`ably does not say once: ${line}`)
          return text.replace(line, '')
        }, code)
        return { code: left, map: null }
      },
    },
  }
}
