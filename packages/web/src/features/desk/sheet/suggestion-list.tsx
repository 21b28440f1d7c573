// The list above the field. The field keeps the focus; arrows move in it.

import type { ReactNode } from 'react'
import { texts } from '../model/texts.ts'
import type { Suggestions } from './use-suggestions.ts'

export function SuggestionList({ suggestions }: { readonly suggestions: Suggestions }): ReactNode {
  const { id, items, chosen, choose } = suggestions
  if (items.length === 0) return null
  return (
    <div id={id} className="suggestions" role="listbox" aria-label={texts.suggestions}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={item.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(index)}
        >
          <b className="sm">{item.title}</b>
          <span className="sm dim cut grow">{item.text}</span>
        </div>
      ))}
    </div>
  )
}
