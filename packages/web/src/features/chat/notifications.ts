// The section of the settings about what one is told of; loaded when it is opened.

import { lazy } from '../../ui/late.ts'

export const NotificationsSection = lazy(() => import('./view/live/notifications-section.tsx'))
