// Development only: starts the thread of the index from sources on a Node that cannot load TypeScript by itself.

require('tsx/cjs')
require('./finder-worker.ts')
