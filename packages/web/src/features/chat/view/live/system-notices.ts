// Notices as the system shows them, and the tone that may go with them. A click leads to the message. What is shown goes with the page: nothing
// must stay of a channel that may be lost meanwhile.

import type { Notice } from '../../store/notifier.ts'

export type SystemNotices = {
  show(notice: Notice): void
  /** Takes away what is shown of a channel; undefined: everything. */
  hide(channel: string | undefined): void
}

/** What this browser lets the pages do. */
export function permission(): NotificationPermission | 'unsupported' {
  return 'Notification' in window ? Notification.permission : 'unsupported'
}

/** @param onOpen goes to an address of these pages */
export function systemNotices(onOpen: (href: string) => void): SystemNotices {
  const shown = new Map<string, Notification>()
  return {
    show: ({ channel, title, body, href }) => {
      if (permission() !== 'granted') return
      const tag = `sayso ${channel ?? ''}`
      shown.get(tag)?.close()
      const notification = made(title, { body, tag, icon: '/favicon.svg', silent: true })
      if (notification === undefined) return
      shown.set(tag, notification)
      notification.onclick = () => {
        notification.close()
        window.focus()
        if (href !== undefined) onOpen(href)
      }
      notification.onclose = () => {
        if (shown.get(tag) === notification) shown.delete(tag)
      }
    },
    hide: (channel) => {
      const tags = channel === undefined ? [...shown.keys()] : [`sayso ${channel}`]
      for (const tag of tags) {
        shown.get(tag)?.close()
        shown.delete(tag)
      }
    },
  }
}

/** Some browsers of phones have the name and refuse to make one. */
function made(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options)
  } catch {
    return undefined
  }
}

let sounds: AudioContext | undefined

/** Two soft notes, 180 ms. Before the first click in the page a browser lets nothing sound; then it stays silent. */
export function tone(): void {
  try {
    sounds ??= new AudioContext()
    void sounds.resume()
    const beginS = sounds.currentTime
    const gain = sounds.createGain()
    gain.connect(sounds.destination)
    gain.gain.setValueAtTime(0.0001, beginS)
    gain.gain.exponentialRampToValueAtTime(0.06, beginS + 0.015)
    gain.gain.exponentialRampToValueAtTime(0.0001, beginS + 0.18)
    const note = sounds.createOscillator()
    note.type = 'sine'
    note.frequency.setValueAtTime(660, beginS)
    note.frequency.setValueAtTime(880, beginS + 0.07)
    note.connect(gain)
    note.start(beginS)
    note.stop(beginS + 0.2)
  } catch {
    // No sound on this device.
  }
}
