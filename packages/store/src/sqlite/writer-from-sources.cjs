// Development only: starts the writer thread from sources on a Node that cannot load TypeScript by itself.
// CommonJS, as its loader works in the thread itself; the one for modules starts a second thread and takes twice as long.

require('tsx/cjs')
require('./writer.ts')
