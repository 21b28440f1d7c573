// The screens of the dashboard: where they stand, and which right opens them. Pure.

/** The actions on the tenant that the server asks for. */
export type AdminAction =
  | 'read-people'
  | 'manage-people'
  | 'invite'
  | 'read-policy'
  | 'edit-policy'
  | 'assign-role'
  | 'explain'
  | 'read-decisions'
  | 'read-connections'
  | 'manage-connections'
  | 'read-keys'
  | 'manage-keys'
  | 'read-audit'
  | 'read-analytics'
  | 'manage-webhooks'
  | 'export'
  | 'export-messages'
  | 'manage-retention'
  | 'manage-holds'
  | 'manage-app'
  | 'create-channel'
  | 'view-as'
  | 'read-desk-reports'

export type ScreenKey =
  | 'overview'
  | 'connections'
  | 'explain'
  | 'policy'
  | 'resources'
  | 'grants'
  | 'requests'
  | 'people'
  | 'groups'
  | 'keys'
  | 'audit'
  | 'decisions'
  | 'analytics'
  | 'retention'
  | 'apps'
  | 'webhooks'
  | 'installation'

type ScreenRow = {
  readonly key: ScreenKey
  readonly icon: string
  /** Any of these opens it. */
  readonly needs: readonly AdminAction[]
}

export type ScreenGroup = {
  readonly key: 'now' | 'rights' | 'care' | 'setup'
  readonly screens: readonly ScreenRow[]
}

export const GROUPS: readonly ScreenGroup[] = [
  {
    key: 'now',
    screens: [
      { key: 'overview', icon: 'activity', needs: ['read-analytics'] },
      { key: 'connections', icon: 'radio', needs: ['read-connections'] },
      { key: 'explain', icon: 'circle-help', needs: ['explain'] },
    ],
  },
  {
    key: 'rights',
    screens: [
      { key: 'policy', icon: 'table', needs: ['read-policy'] },
      { key: 'resources', icon: 'hash', needs: ['manage-app', 'read-policy'] },
      { key: 'people', icon: 'users', needs: ['read-people'] },
      { key: 'groups', icon: 'users-round', needs: ['read-people', 'manage-people'] },
      { key: 'grants', icon: 'timer', needs: ['assign-role', 'read-people'] },
      {
        key: 'requests',
        icon: 'inbox',
        needs: ['assign-role', 'edit-policy', 'manage-people', 'manage-keys', 'manage-app'],
      },
      { key: 'keys', icon: 'key-round', needs: ['read-keys'] },
    ],
  },
  {
    key: 'care',
    screens: [
      { key: 'audit', icon: 'scroll-text', needs: ['read-audit'] },
      { key: 'decisions', icon: 'scale', needs: ['read-decisions'] },
      { key: 'analytics', icon: 'chart', needs: ['read-analytics'] },
      { key: 'retention', icon: 'history', needs: ['manage-retention', 'manage-holds'] },
    ],
  },
  {
    key: 'setup',
    screens: [
      { key: 'apps', icon: 'building', needs: ['manage-app'] },
      { key: 'webhooks', icon: 'webhook', needs: ['manage-webhooks'] },
      { key: 'installation', icon: 'server', needs: ['manage-app'] },
    ],
  },
]

const ALL = GROUPS.flatMap(({ screens }) => screens)

export function screenNamed(key: string): ScreenRow | undefined {
  return ALL.find((one) => one.key === key)
}

/** The first one that may be opened; for whoever comes without saying where to. */
export function firstOpen(may: (action: AdminAction) => boolean): ScreenKey | undefined {
  return ALL.find(({ needs }) => needs.some(may))?.key
}
