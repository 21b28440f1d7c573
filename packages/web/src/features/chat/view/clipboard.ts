// Copies text where the browser lets us; elsewhere the text can still be selected.

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard?.writeText(text).catch(() => undefined)
}
