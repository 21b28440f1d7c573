// What was done and what was refused, added up by the database: of a long span there are far more rows than sums.

import type { ActCount, AnalyticsQuestion, DenialCount, SlotCount } from '../../analytics.ts'
import type { Database } from '../driver.ts'
import type { Names } from './analytics-names.ts'
import type { Wanted } from './analytics-wanted.ts'

type Named = { readonly names: Names; readonly people: Names }
type Of<K extends AnalyticsQuestion['kind']> = Extract<AnalyticsQuestion, { kind: K }>

export function createSums(db: Database, { names, people }: Named, wanted: Wanted) {
  db.exec(
    'CREATE TEMP TABLE wanted_acts (act INTEGER, place INTEGER, PRIMARY KEY (act, place)) WITHOUT ROWID',
  )
  const want = db.prepare(
    `INSERT OR IGNORE INTO wanted_acts
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)`,
  )
  const acts = db.prepare(`
    SELECT act, place, by, sum(count) AS count FROM acts
    WHERE slot >= ? AND slot < ? GROUP BY act, place, by`)
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
      people.lookUp(rows.map(({ by }) => by))
      return rows.map(({ act, place, by, count }) => ({
        act: names.nameOf(act),
        on: names.nameOf(place),
        by: people.nameOf(by),
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

type ActRow = Readonly<Record<'act' | 'place' | 'by' | 'count', number>>
type DenialRow = Readonly<Record<'tenant' | 'action' | 'by' | 'reason' | 'count', number>>
