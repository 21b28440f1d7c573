// Erasures in an app beside the main one: of visitors. It has no accounts, and no pictures of people.

import type { Eraser } from '@sayso/store'
import type { Log } from '../observe/log.ts'
import type { OneApp } from '../one-app.ts'
import { Erasures } from './erasures.ts'

/** What a crash left of an erasure is done before anybody is answered. */
export async function erasuresBeside(
  eraser: Eraser,
  { context, hub }: Pick<OneApp, 'context' | 'hub'>,
  log: Log,
): Promise<Erasures> {
  const report = (error: unknown) => log.error('erasure', error)
  const accounts = { remove: async () => 0 }
  const pictures = { remove: async () => undefined }
  const erasures = new Erasures({ context, hub, eraser, accounts, pictures, report })
  await erasures.resume()
  return erasures
}
