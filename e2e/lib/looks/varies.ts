// What differs between two walks of one build, and is covered in the pictures.

/** CSS selectors: how long somebody waits by the server's own count, what was measured just now, the size of the data. */
export const VARIES: readonly string[] = ['time[datetime^="PT"]', '.spark', 'summary.num']
