// The first call of every SDK: what the key is for.

import type { PermitRoute } from './route.ts'
import { levelOf } from './scope.ts'

export const scopeRoute: PermitRoute = {
  method: 'GET',
  path: '/v2/api-key/scope',
  needs: 'any-key',
  run({ c, app, key }) {
    const { organization_id, project_id, environment_id } = app.names
    const level = levelOf(key)
    return c.json({
      organization_id,
      project_id: level === 'organization' ? null : project_id,
      environment_id: level === 'environment' ? environment_id : null,
    })
  },
}
