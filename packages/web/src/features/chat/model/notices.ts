// What a change of the reader's rights is told as: one notice per cause, in words, kept for reading again. Pure.

import type { ChangedResource, PermissionChange, ResourceView, RoleView } from '@sayso/client'
import { endOf } from './durations.ts'
import { changedBy, listed, phrasesOf } from './grammar.ts'
import { MOST_KEPT, type Notice } from './notice-list.ts'
import { hash, type Said, texts } from './texts.ts'
import { noticeTexts as said } from './texts-notices.ts'

export { allRead, lossReason, type Notice, withNews, withoutToast } from './notice-list.ts'
export type { Said } from './texts.ts'

export type Reader = {
  readonly id: string
  /** Said with a loss, so that nobody wonders. */
  readonly hasDraft: boolean
}

/** Changes of one cause that come within this time of each other are one notice. */
export const ONE_CAUSE_MS = 2_000

/** Adds what a change means, newest first; joined to the last notice if the cause is the same. */
export function withChange(
  notices: readonly Notice[],
  change: PermissionChange,
  reader: Reader,
  nowMs: number,
): readonly Notice[] {
  const last = notices[0]
  const isSame =
    last?.change !== undefined &&
    nowMs - last.atMs < ONE_CAUSE_MS &&
    causeKey(last.change) === causeKey(change)
  const whole = isSame && last?.change !== undefined ? joined(last.change, change) : change
  const together = say(whole, reader)
  if (isSame && last !== undefined && together !== undefined) {
    const grown = {
      ...together,
      id: last.id,
      atMs: nowMs,
      isUp: true,
      isRead: false,
      change: whole,
    }
    return [grown, ...notices.slice(1)]
  }
  // What cancels out when joined is told one after the other.
  const told = say(change, reader)
  if (told === undefined) return notices
  const id = `${change.revision}-${nowMs}`
  const notice: Notice = { ...told, id, atMs: nowMs, isUp: true, isRead: false, change }
  return [notice, ...notices].slice(0, MOST_KEPT)
}

/** A change in words; absent if nothing one would notice has changed. */
export function say(change: PermissionChange, reader: Reader): Said | undefined {
  return ofRequest(change, reader) ?? ofRights(change, reader)
}

/** A request to be let in that came, or was refused. One's own is on screen already. */
function ofRequest(change: PermissionChange, reader: Reader): Said | undefined {
  const { cause } = change
  if (cause?.command === 'request-access' && cause.by?.id !== reader.id) {
    const asked = change.changed.find((one) => (one.requests ?? 0) > (one.before.requests ?? 0))
    return asked && texts.wantsIn(asked.title, cause.by?.name)
  }
  if (cause?.command !== 'decline-request') return undefined
  const refused = change.changed.find((one) => one.locked === true && one.before.requested === true)
  return refused && texts.declined(refused.title, changedBy(cause, reader.id, false))
}

function ofRights(change: PermissionChange, reader: Reader): Said | undefined {
  const tone = toneOf(change)
  const main = mainOf(change)
  const tenantRole = newRole(change.rolesBefore, change.roles)
  const title = main === undefined ? tenantTitle(change, tenantRole, tone) : titleOf(main, tone)
  if (title === undefined) return undefined
  const rest = [
    changedBy(change.cause, reader.id, tone === 'gain'),
    tone === 'loss' ? cannotSentence(main) : canSentence(change, main),
    closedSentence(change, main),
    tone !== 'gain' && reader.hasDraft ? said.draftHere : '',
  ]
  return {
    tone,
    glyph: glyphOf(change, main, tone, tenantRole),
    title,
    text: rest.filter((sentence) => sentence !== '').join(' '),
  }
}

type Main =
  | {
      readonly kind: 'changed'
      readonly view: ChangedResource
      readonly role: RoleView | undefined
    }
  | { readonly kind: 'gained'; readonly view: ResourceView; readonly role?: undefined }
  | { readonly kind: 'lost'; readonly view: ResourceView; readonly role?: undefined }

function mainOf(change: PermissionChange): Main | undefined {
  const changed = change.changed.map((view) => ({
    kind: 'changed' as const,
    view,
    role: newRole(view.before.roles, withoutRestraints(view)),
  }))
  const moved = changed.filter((one) => one.view.gained.length + one.view.lost.length > 0)
  const main =
    moved.find((one) => one.role !== undefined) ?? moved[0] ?? changed.find((one) => one.role)
  if (main !== undefined) return main
  if (change.gained[0] !== undefined) return { kind: 'gained', view: change.gained[0] }
  return change.lost[0] === undefined ? undefined : { kind: 'lost', view: change.lost[0] }
}

function titleOf(main: Main, tone: Said['tone']): string {
  const where = hash(main.view.title)
  if (main.kind === 'gained') return said.open(where)
  if (main.kind === 'lost') return said.lost(where)
  const { role } = main
  if (role !== undefined) {
    if (tone === 'loss') return said.roleAgain(role, where)
    return `${said.roleNow(role, where)}${untilOf(role)}`
  }
  const held = main.kind === 'changed' ? newlyHeld(main.view) : undefined
  if (held !== undefined) return `${said.held(held.title, where)}${untilOf(held)}`
  // One right in the title, the others below it: a title is read at a glance.
  const [first] = phrasesOf(tone === 'loss' ? main.view.lost : main.view.gained)
  if (tone === 'news' || first === undefined) return said.changed(where)
  return tone === 'loss' ? said.canNoLongerIn(first, where) : said.canNow(first, where)
}

/** What holds the reader back since now. */
function newlyHeld(view: ChangedResource): RoleView | undefined {
  return newRole(view.before.restraints ?? [], view.restraints ?? [])
}

function untilOf({ untilMs }: RoleView): string {
  return untilMs === undefined ? '' : said.until(endOf(untilMs, Date.now()))
}

function tenantTitle(
  change: PermissionChange,
  role: RoleView | undefined,
  tone: Said['tone'],
): string | undefined {
  if (role !== undefined) return said.roleHere(role, tone === 'loss')
  return change.roles.length < change.rolesBefore.length ? said.roleEnded : undefined
}

/** What one can do now, without what the title says already. */
function canSentence(change: PermissionChange, main: Main | undefined): string {
  const isInTitle = main?.kind === 'changed' && main.role === undefined
  const gained = phrasesOf(change.changed.flatMap((view) => [...view.gained]))
  const entered = change.gained.filter((view) => view.resource !== main?.view.resource)
  const open = main?.kind === 'gained' ? phrasesOf(main.view.actions.filter(isBasic)) : []
  const parts = [
    ...gained.slice(isInTitle ? 1 : 0),
    ...(open.length > 0 ? [said.there(listed(open))] : []),
    ...(entered.length > 0 ? [said.enter(listed(entered.map((view) => hash(view.title))))] : []),
  ]
  return parts.length === 0 ? '' : said.can(listed(parts))
}

/** What else one can no longer do, where the title names one right only. */
function cannotSentence(main: Main | undefined): string {
  if (main?.kind !== 'changed' || main.role !== undefined) return ''
  const rest = phrasesOf(main.view.lost).slice(1)
  return rest.length === 0 ? '' : said.canNoLongerEither(listed(rest))
}

function closedSentence(change: PermissionChange, main: Main | undefined): string {
  const closed = change.lost.filter((view) => view !== main?.view).map((view) => hash(view.title))
  if (closed.length === 0) return ''
  return said.closed(listed(closed), closed.length)
}

function isBasic(action: string): boolean {
  return action === 'subscribe' || action === 'publish'
}

function toneOf(change: PermissionChange): Said['tone'] {
  const gains =
    change.gained.length + change.changed.reduce((sum, one) => sum + one.gained.length, 0)
  const losses = change.lost.length + change.changed.reduce((sum, one) => sum + one.lost.length, 0)
  if (gains > 0 && losses === 0) return 'gain'
  return losses > 0 && gains === 0 ? 'loss' : 'news'
}

function glyphOf(
  change: PermissionChange,
  main: Main | undefined,
  tone: Said['tone'],
  tenantRole: RoleView | undefined,
): string {
  if (main?.kind === 'lost') return 'lock'
  if (main?.kind === 'gained') return main.view.glyph ?? 'circle-check'
  if (tone === 'loss') return 'shield-minus'
  const role = main?.role ?? tenantRole
  return role?.glyph ?? (change.cause === undefined ? 'info' : 'circle-check')
}

/** Who is held back has not become something. */
function withoutRestraints({ roles, restraints = [] }: ResourceView): readonly RoleView[] {
  return roles.filter(({ role }) => !restraints.some((held) => held.role === role))
}

function newRole(before: readonly RoleView[], after: readonly RoleView[]): RoleView | undefined {
  return after.find((role) => !before.some((old) => old.role === role.role && old.on === role.on))
}

function causeKey(change: PermissionChange): string {
  return change.cause === undefined ? '' : `${change.cause.command} ${change.cause.by?.id ?? ''}`
}

/** Two changes as one: what came and went in between is not told. */
function joined(first: PermissionChange, second: PermissionChange): PermissionChange {
  const lost = new Set(second.lost.map((view) => view.resource))
  const again = new Map(second.changed.map((view) => [view.resource, view]))
  const gained = first.gained
    .filter((view) => !lost.has(view.resource))
    .map((view) => again.get(view.resource) ?? view)
  const opened = new Set(gained.map((view) => view.resource))
  const changed = first.changed
    .filter((view) => !lost.has(view.resource) && !again.has(view.resource))
    .concat(second.changed.filter((view) => !opened.has(view.resource)).map(withEarlier(first)))
  return {
    ...second,
    rolesBefore: first.rolesBefore,
    gained: [...gained, ...second.gained],
    changed,
    lost: [...first.lost, ...second.lost],
  }
}

/** A resource that changed twice: from what it was at first to what it is now. */
function withEarlier(first: PermissionChange): (view: ChangedResource) => ChangedResource {
  return (view) => {
    const before =
      first.changed.find((one) => one.resource === view.resource)?.before ?? view.before
    return {
      ...view,
      before,
      gained: view.actions.filter((action) => !before.actions.includes(action)),
      lost: before.actions.filter((action) => !view.actions.includes(action)),
    }
  }
}
