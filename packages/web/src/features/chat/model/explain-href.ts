// Where it is explained why somebody may or may not do something, for those who may ask. Pure.

export type Question = {
  /** Id of whom it is about. */
  readonly me: string
  readonly action: string
  /** A resource. */
  readonly on: string
}

export function explainHref({ me, action, on }: Question): string {
  return `/admin/explain?${new URLSearchParams({ who: `user:${me}`, action, on })}`
}
