// The list of what a backup holds, as it lies in it.

export const MANIFEST = 'manifest.json'

export type Manifest = {
  readonly version: 1
  readonly at: string
  readonly hasSecret: boolean
  readonly databases: readonly {
    readonly folder: string
    readonly schema: number
    readonly revision: number
  }[]
  readonly files: readonly {
    readonly path: string
    readonly bytes: number
    readonly sha256: string
  }[]
}
