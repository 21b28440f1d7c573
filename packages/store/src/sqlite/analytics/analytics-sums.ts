// What was done and what was refused, added up by the database: of a long span there are far more rows than sums.

import type { ActCount, AnalyticsQuestion, DenialCount, SlotCount } from '../../analytics.ts'
import { originalText } from '../body.ts'
import type { Database } from '../driver.ts'
import type { Names } from './analytics-names.ts'
import type { Wanted } from './analytics-wanted.ts'

type Of<K extends AnalyticsQuestion['kind']> = Extract<AnalyticsQuestion, { kind: K }>

export function createSums(db: Database, names: Names, wanted: Wanted) {
  db.exec(
    'CREATE TEMP TABLE wanted_acts (act INTEGER, place INTEGER, PRIMARY KEY (act, place)) WITHOUT ROWID',
  )
  const want = db.prepare(
    `INSERT OR IGNORE INTO wanted_acts
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)`,
  )
  // Names are looked up once for each sum; of somebody who is forgotten there is none.
  const acts = db.prepare(`
    SELECT act, place, coalesce(people.name, '') AS who, sums.count AS count
    FROM (
      SELECT act, place, by, sum(count) AS count FROM acts
      WHERE slot >= ? AND slot < ? GROUP BY act, place, by
    ) AS sums LEFT JOIN people ON people.id = sums.by`)
  const actSlots = db.prepare(`
    SELECT slot, sum(count) AS count FROM acts
    WHERE slot >= ? AND slot < ? AND (act, place) IN (SELECT act, place FROM wanted_acts)
    GROUP BY slot`)
  const inTenants = (tenants: readonly string[] | undefined) =>
    wanted.only(
      tenants?.flatMap((name) => names.find(name) ?? []),
      'tenant',
    )
  return {
    acts({ span }: Of<'acts'>): readonly ActCount[] {
      const rows = acts.all(span.from, span.to) as readonly ActRow[]
      return rows.map(({ act, place, who, count }) => ({
        act: names.nameOf(act),
        on: names.nameOf(place),
        by: originalText(who),
        count,
      }))
    },
    'acts-by-slot'({ span, only }: Of<'acts-by-slot'>): readonly SlotCount[] {
      const pairs = only.map(({ act, on }) => [names.find(act), names.find(on)])
      db.exec('DELETE FROM wanted_acts')
      want.run(JSON.stringify(pairs.filter((pair) => !pair.includes(undefined))))
      return actSlots.all(span.from, span.to) as SlotCount[]
    },
    denials({ span, tenants }: Of<'denials'>): readonly DenialCount[] {
      const sql = `
        SELECT tenant, action, by, reason, sum(count) AS count FROM denials
        WHERE slot >= ? AND slot < ? ${inTenants(tenants)}
        GROUP BY tenant, action, by, reason ORDER BY 5 DESC`
      const rows = db.prepare(sql).all(span.from, span.to) as readonly DenialRow[]
      return rows.map(({ tenant, action, by, reason, count }) => ({
        tenant: names.nameOf(tenant),
        action: names.nameOf(action),
        by: names.nameOf(by),
        reason: names.nameOf(reason),
        count,
      }))
    },
    'denials-by-slot'({ span, tenants }: Of<'denials-by-slot'>): readonly SlotCount[] {
      const sql = `
        SELECT slot, sum(count) AS count FROM denials
        WHERE slot >= ? AND slot < ? ${inTenants(tenants)} GROUP BY slot`
      return db.prepare(sql).all(span.from, span.to) as SlotCount[]
    },
  }
}

type ActRow = {
  readonly act: number
  readonly place: number
  readonly who: string
  readonly count: number
}
type DenialRow = Readonly<Record<'tenant' | 'action' | 'by' | 'reason' | 'count', number>>
