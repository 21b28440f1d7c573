// German of the dashboard, each part beside its English.

import type { Catalogue } from '../../ui/words.ts'
import { adminTextsDe } from './model/texts.de.ts'
import { analyticsTextsDe } from './screens/analytics/texts.de.ts'
import { appTextsDe } from './screens/apps/texts.de.ts'
import { auditTextsDe } from './screens/audit/texts.de.ts'
import { connectionTextsDe } from './screens/connections/texts.de.ts'
import { decisionTextsDe } from './screens/decisions/texts.de.ts'
import { explainTextsDe } from './screens/explain/texts.de.ts'
import { grantTextsDe } from './screens/grants/texts.de.ts'
import { groupTextsDe } from './screens/groups/texts.de.ts'
import { installationTextsDe } from './screens/installation/texts.de.ts'
import { keyTextsDe } from './screens/keys/texts.de.ts'
import { overviewTextsDe } from './screens/overview/texts.de.ts'
import { sessionTextsDe } from './screens/people/sessions/texts.de.ts'
import { peopleTextsDe } from './screens/people/texts.de.ts'
import { laterTextsDe } from './screens/policy/later/texts.de.ts'
import { policyPeopleTextsDe } from './screens/policy/people/texts.de.ts'
import { policyTextsDe } from './screens/policy/texts.de.ts'
import { requestTextsDe } from './screens/requests/texts.de.ts'
import { resourceTextsDe } from './screens/resources/texts.de.ts'
import { retentionTextsDe } from './screens/retention/texts.de.ts'
import { webhookTextsDe } from './screens/webhooks/texts.de.ts'

export const adminDe: Catalogue = {
  admin: adminTextsDe,
  'admin.apps': appTextsDe,
  'admin.audit': auditTextsDe,
  'admin.analytics': analyticsTextsDe,
  'admin.connections': connectionTextsDe,
  'admin.explain': explainTextsDe,
  'admin.people': peopleTextsDe,
  'admin.people.sessions': sessionTextsDe,
  'admin.groups': groupTextsDe,
  'admin.grants': grantTextsDe,
  'admin.requests': requestTextsDe,
  'admin.decisions': decisionTextsDe,
  'admin.installation': installationTextsDe,
  'admin.keys': keyTextsDe,
  'admin.policy': policyTextsDe,
  'admin.policy.later': laterTextsDe,
  'admin.policy.people': policyPeopleTextsDe,
  'admin.resources': resourceTextsDe,
  'admin.retention': retentionTextsDe,
  'admin.overview': overviewTextsDe,
  'admin.webhooks': webhookTextsDe,
}
