// What differs between two walks of one build, and is covered in the pictures.

/** CSS selectors. */
export const VARIES: readonly string[] = []
