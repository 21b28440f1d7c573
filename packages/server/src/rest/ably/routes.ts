// The Ably REST interface at its own root paths. Each route reads, calls one command, answers; none contains a rule.

import { parseTokenRequest, WireInvalid } from '@sayso/protocol'
import { Hono } from 'hono'
import { errorInfoOf } from '../../ably/errors.ts'
import type { KeyRing } from '../../access/key-ring.ts'
import { verifyTokenRequest } from '../../auth/session-token.ts'
import { requestToken } from '../../commands/request-token.ts'
import { annotationRoutes } from './annotations.ts'
import { answer, answerError } from './answer.ts'
import { readBody } from './body.ts'
import { channelRoutes } from './channels.ts'
import { chatRoutes } from './chat.ts'
import { ablyCors } from './cors.ts'
import { presented } from './credentials.ts'
import type { AblyRest } from './deps.ts'

export function ablyRest(deps: AblyRest): Hono {
  const app = new Hono()
  for (const path of ['/time', '/keys/*', '/channels/*', '/channels', '/chat/:version/rooms/*'])
    app.use(path, ablyCors)
  app.get('/time', (c) => answer(c, 200, [deps.context.now()]))
  app.post('/keys/:keyName/requestToken', async (c) => {
    const body = await readBody(c, deps.maxBodyBytes)
    const keyName = c.req.param('keyName')
    const request = parseTokenRequest(body, keyName)
    const signer = deps.ring.find(keyName)
    if (signer === undefined)
      throw new WireInvalid('key_not_found', `there is no key \`${keyName}\``)
    if (request.mac === undefined) proveUnsigned(deps.ring, presented(c).key, keyName)
    else if (!verifyTokenRequest(signedFields(body, keyName), signer.secret)) {
      throw new WireInvalid('credentials_invalid', 'the mac of the token request is wrong')
    }
    const issued = await requestToken(deps.context, { ...signer, keyName }, request)
    if ('refused' in issued) throw new WireInvalid(issued.refused, issued.message)
    return answer(c, 201, issued)
  })
  app.route('/', channelRoutes(deps))
  app.route('/', annotationRoutes(deps))
  app.route('/', chatRoutes(deps))
  app.onError((error, c) => {
    const { info, expected } = errorInfoOf(error)
    if (!expected) deps.report('rest', error)
    return answerError(c, info)
  })
  return app
}

/** A request without a mac must carry the very key it asks for. */
function proveUnsigned(ring: KeyRing, key: string | undefined, keyName: string): void {
  const proof = key === undefined ? undefined : ring.prove(key)
  if (proof?.ok === true && ring.nameOf(proof.key.id) === keyName) return
  throw new WireInvalid(
    'credentials_invalid',
    'an unsigned token request must be authenticated with its key',
  )
}

/** The six fields exactly as they were sent: the mac covers their spelling. */
function signedFields(body: unknown, keyName: string): Parameters<typeof verifyTokenRequest>[0] {
  const sent = body as Parameters<typeof verifyTokenRequest>[0]
  return { ...sent, keyName: sent.keyName ?? keyName }
}
