export { useCan, usePermissionChanges, useResources, useUser } from './hooks.ts'
export { SaysoProvider, usePermissions } from './provider.tsx'
