// Files that are being brought, kept on this device until they are sent: after a reload the upload goes on.

/** What is kept of one. */
export type KeptFile = {
  readonly key: string
  readonly person: string
  readonly channelKey: string
  readonly draftKey: string
  readonly name: string
  readonly blob: Blob
  readonly uploadId?: string | undefined
  readonly description: string
  readonly isSkipped: boolean
}

const NAME = 'sayso.files'
const TABLE = 'files'

/** Where the device keeps nothing, uploads live as long as the page. */
export async function keptFiles(): Promise<readonly KeptFile[]> {
  return (await asked<KeptFile[]>('readonly', (table) => table.getAll())) ?? []
}

export async function keepFile(file: KeptFile): Promise<void> {
  await asked('readwrite', (table) => table.put(file))
}

export async function dropKept(key: string): Promise<void> {
  await asked('readwrite', (table) => table.delete(key))
}

async function asked<T>(
  mode: IDBTransactionMode,
  ask: (table: IDBObjectStore) => IDBRequest,
): Promise<T | undefined> {
  try {
    const opening = indexedDB.open(NAME, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: 'key' })
    const database = await settled<IDBDatabase>(opening)
    try {
      return await settled<T>(ask(database.transaction(TABLE, mode).objectStore(TABLE)))
    } finally {
      database.close()
    }
  } catch {
    return undefined
  }
}

function settled<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error)
  })
}
