// Follows a log into its roll-ups and says so after each step, for a test that kills it in between.

import { join } from 'node:path'
import { createFollowing, openRollUps } from '../src/sqlite/analytics/analytics-following.ts'
import { loadDriver } from '../src/sqlite/driver.ts'
import { configureReader } from '../src/sqlite/schema.ts'

const folder = process.argv[2] ?? ''
const open = await loadDriver()
const log = open(join(folder, 'sayso.db'), { readOnly: true })
configureReader(log)
const db = openRollUps(open, log, join(folder, 'analytics.db'))
const following = createFollowing(db, log, () => undefined)
while (following.step()) process.stdout.write('step\n')
