// Somebody on the site who writes, by the doors the widget itself goes through and the stock client.

import type { RealtimeChannel } from 'ably'
import { expect } from 'vitest'
import type { Server } from './server.ts'
import { realtime } from './stock.ts'

type Site = { readonly server: Pick<Server, 'url' | 'port'>; readonly widget: string }
type Json = Readonly<Record<string, unknown>>

/** An answer of the widget's doors, refusals too. `device`: as whom the browser is known. */
export async function askWidget(
  { server, widget }: Site,
  path: string,
  body: object,
  device?: string,
): Promise<Json> {
  const answer = await fetch(`${server.url}/widget/v1${path}?widget=${widget}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(device === undefined ? {} : { authorization: `Bearer ${device}` }),
    },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Json
}

export class WidgetVisitor {
  /** The data of every message, as JSON. */
  readonly heard: string[] = []
  readonly device: string
  readonly key: string
  readonly channel: RealtimeChannel

  private constructor(device: string, key: string, channel: RealtimeChannel) {
    this.device = device
    this.key = key
    this.channel = channel
  }

  /** With a first message, and a name that nobody has proved. */
  static async comes(site: Site, name: string, text: string): Promise<WidgetVisitor> {
    const { device, token } = (await askWidget(site, '/session', {})) as {
      device: string
      token: string
    }
    const opened = await askWidget(site, '/conversations', { text, form: { name } }, device)
    const { key, channel } = opened.conversation as { key: string; channel: string }
    const own = realtime(site.server.port, { token }).channels.get(channel)
    const visitor = new WidgetVisitor(device, key, own)
    await own.subscribe(({ data }) => visitor.heard.push(JSON.stringify(data)))
    return visitor
  }

  async hears(text: string): Promise<void> {
    await expect.poll(() => this.heard.join('\n'), { timeout: 10_000 }).toContain(text)
  }
}
