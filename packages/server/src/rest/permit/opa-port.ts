// A port of its own for checks in the form of the Open Policy Agent: where Permit's SDK asks with `useOpa`.

import { createServer, type IncomingMessage } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Settings } from '../../settings.ts'
import type { PermitRest } from './deps.ts'
import { opaRest } from './routes.ts'

/** Opens the port of the settings, if there is one. @throws {Error} if it is taken */
export async function openOpaPort(
  { opaPort, host }: Pick<Settings, 'opaPort' | 'host'>,
  depsOf: (remoteAddress: PermitRest['remoteAddress']) => PermitRest,
): Promise<{ readonly close: () => Promise<void> } | undefined> {
  if (opaPort === undefined) return undefined
  const addresses = new WeakMap<Request, string>()
  const app = opaRest(depsOf((request) => addresses.get(request) ?? ''))
  const server = createServer(
    { maxHeaderSize: 32_768, requestTimeout: 60_000 },
    getRequestListener((request, bindings) => {
      const { incoming } = bindings as { readonly incoming: IncomingMessage }
      addresses.set(request, incoming.socket.remoteAddress ?? '')
      return app.fetch(request)
    }),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(opaPort, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
