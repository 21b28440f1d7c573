import { storeContract } from '../../contract/suite.ts'
import { memoryStore } from './index.ts'

storeContract('memory', async ({ now, site }) => {
  const store = memoryStore({ now, ...(site !== undefined && { site }) })
  return { store, close: () => store.close() }
})
