// A port of its own for checks in the form of the Open Policy Agent: where Permit's SDK asks with `useOpa`.

import { createServer, type IncomingMessage } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { clientAddresses } from '../../auth/client-address.ts'
import type { Settings } from '../../settings.ts'
import type { PermitRest } from './deps.ts'
import { opaRest } from './routes.ts'

/** Opens the port of the settings, if there is one. @throws {Error} if it is taken */
export async function openOpaPort(
  { opaPort, host, trustedProxies }: Pick<Settings, 'opaPort' | 'host' | 'trustedProxies'>,
  depsOf: (addressOf: PermitRest['addressOf']) => PermitRest,
): Promise<{ readonly close: () => Promise<void> } | undefined> {
  if (opaPort === undefined) return undefined
  const addresses = new WeakMap<Request, string>()
  const client = clientAddresses(trustedProxies)
  const addressOf: PermitRest['addressOf'] = (request) =>
    client(addresses.get(request), request.headers.get('x-forwarded-for') ?? undefined)
  const app = opaRest(depsOf(addressOf))
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
