// Under which name a draft is kept on this device: answers and notes each have their own.

export function draftName(key: string, kind: 'text' | 'note'): string {
  return `draft.${kind}.${key}`
}
