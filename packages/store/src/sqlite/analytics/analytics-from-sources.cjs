// Development only: starts the thread of the roll-ups from sources, as its neighbour does for the writer.

require('tsx/cjs')
require('./analytics-worker.ts')
