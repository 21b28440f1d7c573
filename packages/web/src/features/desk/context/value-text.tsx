// A value of somebody else's database, as text. An address of the web can be followed; nothing else is more than text.

import type { ReactNode } from 'react'
import { spokenLanguage } from '../../../ui/words.ts'
import { texts } from '../model/texts.ts'

export function ValueText({ value }: { readonly value: unknown }): ReactNode {
  if (typeof value === 'string') {
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return <bdi>{value}</bdi>
    return (
      <a href={value} target="_blank" rel="noopener noreferrer nofollow">
        {value.replace(/^https?:\/\//, '')}
      </a>
    )
  }
  if (typeof value === 'number')
    return <span className="num">{value.toLocaleString(spokenLanguage())}</span>
  if (typeof value === 'boolean') return value ? texts.yes : texts.no
  if (value === null || value === undefined) return '–'
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return <bdi>{value.join(', ')}</bdi>
  return <code className="xs">{JSON.stringify(value)}</code>
}
