// The catalogue of texts. Each part of the pages keeps its texts beside it and registers them here by the name of the part.
// Read them while drawing, never while a module loads: the language may change.

const parts = new Map<string, object>()

/** Registers the texts of a part: texts, functions that make texts, and objects of both. */
export function words<T extends object>(part: string, texts: T): T {
  parts.set(part, texts)
  return texts
}
