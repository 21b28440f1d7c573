// Let a visitor come back by a mailed link: the browser it is opened in speaks for them from then on.

import type { Context } from '../../context.ts'
import { deviceRecords, digestOf, isVerified, profileOf } from '../../desk/visitors/records.ts'
import { readReturnProof } from '../../desk/visitors/return-proof.ts'
import type { Widget } from '../../desk/widgets/widget.ts'
import { commit } from '../decide-and-commit.ts'
import { PROVEN_MS } from './admit-visitor.ts'

/**
 * @param secret of the installation
 * @returns the secret of the browser; undefined: the link proves nothing, was used, or is of another tenant
 * @throws {Failure} `store_unavailable`
 */
export async function returnVisitor(
  context: Context,
  secret: string,
  { tenant, id: widget }: Widget,
  text: string,
): Promise<string | undefined> {
  const { store, appId, now, randomId } = context
  const proof = readReturnProof(secret, appId, text, now())
  if (proof === undefined || proof.tenant !== tenant) return undefined
  const { visitor, nonce, endsAtMs } = proof
  const { profile } = await profileOf(store, visitor)
  if (profile === undefined) return undefined
  if (!(await store.claim(`desk-return:${nonce}`, now(), endsAtMs))) return undefined
  const device = `${appId}.${randomId(24)}`
  const until = isVerified(profile) ? { provenUntilMs: now() + PROVEN_MS } : {}
  const kept = { digest: digestOf(device), visitor, tenant, widget, ...until }
  await commit(context, { entries: [], records: deviceRecords(kept) })
  return device
}
