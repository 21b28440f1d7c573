// Seeds of stories that once went wrong. They are tried before any new ones.

export const regressions: readonly number[] = [
  // A tenant nobody had said anything of has no number.
  489913916,
  // Failed while answers of conditions were first remembered.
  914117774, 226915709, 1271691000, 1909682184,
]

export const examples = regressions.map((seed): [number] => [seed])
