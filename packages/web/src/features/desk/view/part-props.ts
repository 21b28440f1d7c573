import type { DeskAddress } from '../model/address.ts'

/** What every screen beside the inbox is given. */
export type PartProps = { readonly address: DeskAddress }
