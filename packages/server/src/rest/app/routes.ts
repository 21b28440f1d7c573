// Every route of our own API: the one table that the router, the OpenAPI document and the reference page are built from.

import { accessRequestRoutes } from './access-requests.ts'
import { analyticsRoutes } from './analytics.ts'
import { approvalRoutes } from './approvals.ts'
import { appsRoutes } from './apps.ts'
import { auditRoutes } from './audit.ts'
import { blockRoutes } from './blocks.ts'
import { changePreviewRoutes } from './change-preview.ts'
import { channelExportRoutes } from './channel-export.ts'
import { channelPeopleRoutes } from './channel-people.ts'
import { channelRoutes } from './channels.ts'
import { connectionRoutes } from './connections.ts'
import { decisionLogRoutes } from './decision-log.ts'
import { decisionRoutes } from './decisions.ts'
import { conversationRoutes } from './desk/conversations.ts'
import { operatorRoutes } from './desk/operators.ts'
import { replyRoutes } from './desk/replies.ts'
import { reportRoutes as deskReportRoutes } from './desk/reports.ts'
import { transcriptRoutes } from './desk/transcript.ts'
import { visitorRoutes } from './desk/visitors.ts'
import { widgetRoutes } from './desk/widgets.ts'
import { draftRoutes } from './drafts.ts'
import { explainRoutes } from './explain.ts'
import { exportRoutes } from './exports.ts'
import { fileRoutes } from './files.ts'
import { findingRoutes } from './finding.ts'
import { grantRoutes } from './grants.ts'
import { groupRoutes } from './groups.ts'
import { holdRoutes } from './holds.ts'
import { installationRoutes } from './installation.ts'
import { invitationRoutes } from './invitations.ts'
import { keyRoutes } from './keys.ts'
import { messageReaderRoutes } from './message-readers.ts'
import { nameRoutes } from './names.ts'
import { overviewRoutes } from './overview.ts'
import { ownSessionRoutes } from './own-sessions.ts'
import { ownStateRoutes } from './own-state.ts'
import { passwordLinkRoutes } from './password-link.ts'
import { adminPeopleRoutes } from './people.ts'
import { personFieldRoutes } from './person-fields.ts'
import { personPrivacyRoutes } from './person-privacy.ts'
import { personSessionRoutes } from './person-sessions.ts'
import { pinRoutes } from './pins.ts'
import { planRoutes } from './plans.ts'
import { policyRoutes } from './policy.ts'
import { policyTestRoutes } from './policy-tests.ts'
import { versionRoutes } from './policy-versions.ts'
import { privacyRoutes } from './privacy.ts'
import { referenceRoutes } from './reference.ts'
import { reportRoutes } from './reports.ts'
import { requestRoutes } from './requests.ts'
import { resourceRoutes } from './resources.ts'
import { retentionRoutes } from './retention.ts'
import { rightsRoutes } from './rights.ts'
import { roleRoutes } from './roles.ts'
import type { AppRoute } from './route.ts'
import { sessionRoutes } from './session.ts'
import { shadowRoutes } from './shadow.ts'
import { threadRoutes } from './threads.ts'
import { tokenRoutes } from './tokens.ts'
import { viewingRoutes } from './viewing.ts'
import { webhookRoutes } from './webhooks.ts'

/** Who signs in is a person of the main app, and it keeps the list of apps. */
const ofMainApp: readonly AppRoute[] = [
  ...sessionRoutes,
  ...ownSessionRoutes,
  ...blockRoutes,
  ...ownStateRoutes,
  ...findingRoutes,
  ...privacyRoutes,
  ...personPrivacyRoutes,
  ...personSessionRoutes,
  ...viewingRoutes,
  ...invitationRoutes,
  ...passwordLinkRoutes,
  ...appsRoutes,
  ...installationRoutes,
]

/** What every app answers. */
export const OTHER_APP_ROUTES: readonly AppRoute[] = [
  ...groupRoutes,
  ...channelPeopleRoutes,
  ...channelRoutes,
  ...requestRoutes,
  ...accessRequestRoutes,
  ...threadRoutes,
  ...pinRoutes,
  ...reportRoutes,
  ...fileRoutes,
  ...rightsRoutes,
  ...adminPeopleRoutes,
  ...personFieldRoutes,
  ...nameRoutes,
  ...roleRoutes,
  ...grantRoutes,
  ...resourceRoutes,
  ...policyRoutes,
  ...changePreviewRoutes,
  ...draftRoutes,
  ...planRoutes,
  ...shadowRoutes,
  ...approvalRoutes,
  ...policyTestRoutes,
  ...versionRoutes,
  ...explainRoutes,
  ...messageReaderRoutes,
  ...keyRoutes,
  ...tokenRoutes,
  ...connectionRoutes,
  ...webhookRoutes,
  ...conversationRoutes,
  ...operatorRoutes,
  ...replyRoutes,
  ...transcriptRoutes,
  ...deskReportRoutes,
  ...widgetRoutes,
  ...visitorRoutes,
  ...decisionLogRoutes,
  ...decisionRoutes,
  ...exportRoutes,
  ...channelExportRoutes,
  ...auditRoutes,
  ...retentionRoutes,
  ...holdRoutes,
  ...overviewRoutes,
  ...analyticsRoutes,
]

const described: readonly AppRoute[] = [...ofMainApp, ...OTHER_APP_ROUTES]

export const APP_ROUTES: readonly AppRoute[] = [...described, ...referenceRoutes(described)]
