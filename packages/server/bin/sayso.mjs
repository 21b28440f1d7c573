#!/usr/bin/env node
// `npx sayso`: here before anything is built, so that npm can link it; says how to build if that was not done yet.

const { main } = await import('#cli').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write(
    'sayso: the command line is not built; run `npm ci && npm run build` at the root of the repository\n',
  )
  process.exit(2)
})
await main()
