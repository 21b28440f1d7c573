// Whether a key pressed now is the page's: nothing has the keys to itself, and it is not pressed where one writes.

/** Fields that take characters. A radio or a button takes none: its keys are arrows, space and Enter. */
const FIELDS =
  'textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=file])'

/** False: a dialog or a menu is open. A tooltip only tells; it has no keys. */
export function areKeysFree(): boolean {
  return document.querySelector('dialog[open], [popover]:popover-open:not(.tip)') === null
}

/**
 * In a field, characters are characters. What is not drawn is no field: the browser leaves the focus in a closed dialog until it
 * draws next, and a key pressed at once comes from there.
 */
export function isInField(target: EventTarget | null): boolean {
  const field = target instanceof Element ? target.closest(FIELDS) : null
  return field?.checkVisibility() === true
}
