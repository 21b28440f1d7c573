// Development only: starts the writer thread from sources on a Node that cannot load TypeScript by itself.

import { register } from 'tsx/esm/api'

register()
await import('./writer.ts')
