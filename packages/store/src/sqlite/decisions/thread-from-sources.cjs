// Development only: starts the thread of decisions from sources, as its neighbour does for the writer.

require('tsx/cjs')
require('./thread.ts')
