// Builds if anything changed since the last build; for the end-to-end tests.
import { build } from './start.mjs'

build()
