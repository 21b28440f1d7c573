// German of the dashboard, each part beside its English.

import type { Catalogue } from '../../ui/words.ts'
import { adminTextsDe } from './model/texts.de.ts'
import { connectionTextsDe } from './screens/connections/texts.de.ts'
import { overviewTextsDe } from './screens/overview/texts.de.ts'

export const adminDe: Catalogue = {
  admin: adminTextsDe,
  'admin.connections': connectionTextsDe,
  'admin.overview': overviewTextsDe,
}
