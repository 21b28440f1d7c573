// Opens a dialog one looks through.

/**
 * Shows it over the page. The focus goes to its first field, else to its title, and not to the button that closes it, whose
 * name would lie over what one came to see. Its title takes the focus with `tabIndex={-1}`.
 */
export function openDialog(dialog: HTMLDialogElement | null): void {
  dialog?.showModal()
  const field = dialog?.querySelector<HTMLElement>('input, select, textarea')
  const first = field ?? dialog?.querySelector('h2')
  first?.focus()
}
