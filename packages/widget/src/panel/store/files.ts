// Files of messages, asked for with the visitor's proof.

import { Refused } from '../api.ts'
import type { Attached } from '../model/shapes.ts'
import { saveAs } from './save-as.ts'

export async function pictureOf(id: string, token: string | undefined): Promise<Blob> {
  const preview = await answered(`/files/${id}/preview`, token)
  const answer = preview.ok ? preview : await answered(`/files/${id}`, token)
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.blob()
}

/** @throws {Refused} it may not be read, or is gone */
export async function saveFile({ id, name }: Attached, token: string | undefined): Promise<void> {
  const answer = await answered(`/files/${id}?save`, token)
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})))
  saveAs(await answer.blob(), name)
}

const answered = (path: string, token = '') =>
  fetch(path, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' })
