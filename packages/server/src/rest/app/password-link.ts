// A link to a new password, made by hand: for a server that sends no mails, or somebody whose mailbox is gone.

import * as z from 'zod'
import { RESET_LINK_S, resetLink } from '../../auth/mailed-links.ts'
import { makePasswordLink } from '../../commands/make-password-link.ts'
import { type AppRoute, json, route } from './route.ts'

export const passwordLinkRoutes: readonly AppRoute[] = [
  route({
    method: 'POST',
    path: '/people/:id/password_link',
    id: 'makePasswordLink',
    tag: 'people',
    summary: 'Make a link with which somebody chooses a new password',
    about:
      'It works once, for half an hour, for whoever opens it: hand it over by a way you trust. For somebody who administers the place, it takes `manage-app`.',
    needs: { who: 'person-or-key', may: 'manage-people' },
    params: { id: 'of the person' },
    answers: {
      201: json('The link.', z.object({ url: z.string(), expiresAt: z.string() })),
    },
    problems: ['person_unknown', 'denied'],
    run: async ({ c, deps, asker, params }) => {
      const { accounts } = deps.signIn
      const token = await makePasswordLink(deps.context, asker, params.id, () =>
        accounts.resetToken(params.id),
      )
      const endsAtMs = deps.context.now() + RESET_LINK_S * 1_000
      const url = resetLink({ publicUrl: deps.publicUrl() }, token)
      return c.json({ url, expiresAt: new Date(endsAtMs).toISOString() }, 201)
    },
  }),
]
