// Whether an earlier visit left files that were not sent: asked at every start, so it is no more than a mark.

const MARK = 'sayso.files'

export function hasKept(): boolean {
  try {
    return localStorage.getItem(MARK) !== null
  } catch {
    return false
  }
}

export function markKept(isKept: boolean): void {
  try {
    if (isKept) localStorage.setItem(MARK, '1')
    else localStorage.removeItem(MARK)
  } catch {
    // Where nothing can be kept there is nothing to mark.
  }
}
