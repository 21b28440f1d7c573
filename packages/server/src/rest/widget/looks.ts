// How the launchers of a site look, put into the loader that the site is sent: nobody asks a second time before the first use.
// A site learns only of widgets that may stand on it.

import { everyWidget, type Widget } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'
import { availabilityOf } from './availability.ts'

/** Stands in the built loader, as a text. */
const PLACE = '__SAYSO_LOOKS__'

/** @param referer of the request; absent or not one of a widget's sites: nothing is said */
export async function looksFor(deps: AppRest, referer: string | undefined): Promise<string> {
  const origin = originOf(referer)
  if (origin === undefined) return '{}'
  const own = new URL(deps.publicUrl()).origin
  const all = await everyWidget(deps.context.store)
  const here = all.filter(({ isOn, sites }) => isOn && (origin === own || standsOn(sites, origin)))
  const looks = here.map(async (widget) => [widget.id, await launcherOf(deps, widget)] as const)
  return JSON.stringify(Object.fromEntries(await Promise.all(looks)))
}

/** The loader with the looks in it. */
export function withLooks(loader: Uint8Array, looks: string): string {
  // Inside of a text of a script, whichever quotes it has.
  const text = JSON.stringify(looks)
    .slice(1, -1)
    .replaceAll(/[`'$<]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return Buffer.from(loader)
    .toString('utf8')
    .replace(PLACE, () => text)
}

/** True if a page of the origin may show the widget: the same as `frame-ancestors` lets in. */
function standsOn(sites: Widget['sites'], origin: string): boolean {
  return sites.some((site) => {
    const at = site.indexOf('://*.')
    if (at === -1) return site === origin
    const [scheme, rest] = [site.slice(0, at + 3), site.slice(at + 4)]
    const isLonger = origin.length > scheme.length + rest.length
    return isLonger && origin.startsWith(scheme) && origin.endsWith(rest)
  })
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
}

async function launcherOf(deps: AppRest, widget: Widget) {
  const { look, texts, offline } = widget
  const { colour, text, position, launcher, theme } = look
  const label = texts.title
  const isHidden = offline === 'hide' && (await availabilityOf(deps, widget)).state === 'offline'
  return {
    colour,
    position,
    launcher,
    theme,
    ...(text !== undefined && { text }),
    ...(label !== undefined && { label }),
    ...(isHidden && { isHidden }),
  }
}
