import { rmSync } from 'node:fs'
import { storeContract } from '../../contract/suite.ts'
import { temporaryFolder } from '../../contract/temporary-folder.ts'
import { openSqliteStore } from './index.ts'

storeContract('sqlite', async ({ now, site }) => {
  const folder = temporaryFolder()
  const open = () => openSqliteStore({ folder, now, ...(site !== undefined && { site }) })
  let store = await open()
  return {
    store,
    async reopen() {
      await store.close()
      store = await open()
      return store
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
})
