// Previews of the links of a message that is being written, each to be taken off.

import type { LinkPreviewView } from '@sayso/client'
import type { ReactNode } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { fileTexts } from '../model/texts-files.ts'
import { LinkCard } from './link-card.tsx'
import type { LinkLooks } from './link-looks.ts'

export type LinkTrayProps = {
  readonly looks: LinkLooks
  readonly draftKey: string
  readonly previews: readonly LinkPreviewView[]
}

export function LinkTray({ looks, draftKey, previews }: LinkTrayProps): ReactNode {
  if (previews.length === 0) return null
  return (
    <section className="tray" aria-label={fileTexts.preview}>
      <ul>
        {previews.map((preview) => (
          <li key={preview.id}>
            <LinkCard preview={preview}>
              <IconButton
                icon="x"
                label={fileTexts.removePreview}
                onClick={(event) => {
                  event.currentTarget.closest('form')?.querySelector('textarea')?.focus()
                  looks.remove(draftKey, preview.id)
                }}
              />
            </LinkCard>
          </li>
        ))}
      </ul>
    </section>
  )
}
