// What visitors may do with what is kept of them: have it gone.

import { commit } from '../../commands/decide-and-commit.ts'
import { erasePerson } from '../../commands/erase-person.ts'
import { deviceRemovals } from '../../desk/visitors/records.ts'
import { row, type WidgetRow } from './table.ts'

const removeMe = row({
  method: 'DELETE',
  path: '/me',
  who: 'visitor',
  run: async ({ c, deps, come }) => {
    const { context, erasures, ownerContexts } = deps
    const { visitor } = come.device
    const { name, email, externalId } = come.profile
    const texts = [name, email, externalId].filter((text) => text !== undefined)
    await erasures.begin(visitor, 'delete', async () => {
      // Browsers first: none of them is given a token after the others were taken back.
      await commit(context, {
        entries: [],
        records: await deviceRemovals(context.store, visitor),
      })
      await erasePerson(context, come.asker, { person: visitor, extent: 'delete', texts })
    })
    await erasures.run(visitor)
    context.visitors.site.gone(visitor)
    ownerContexts.forget(visitor)
    return c.body(null, 204)
  },
})

export const ownRows: readonly WidgetRow[] = [removeMe]
