// Why a message was not sent, and what one can do with it.

import type { ReactNode } from 'react'
import { Icon } from '../../../../ui/icon.tsx'
import { texts } from '../../model/texts.ts'
import { copyText } from '../clipboard.ts'
import type { UnsentRowProps } from '../props.ts'
import { Why } from '../why.tsx'
import { takeBack } from './take-back.ts'

export function UnsentFailed(props: UnsentRowProps): ReactNode {
  const { item } = props.row
  if (item.state.kind !== 'failed') return null
  const { code, detail, explanation } = item.state.failure
  const words = code === 'refused' ? `${texts.failure.refused} ${detail}` : texts.failure[code]
  const acts = [
    { label: texts.unsent.retry, act: () => props.sender.retry(item.id) },
    {
      label: texts.unsent.edit,
      act: () => takeBack(props),
    },
    {
      label: texts.unsent.copy,
      act: () => void copyText(item.text),
    },
    { label: texts.unsent.discard, act: () => props.sender.discard(item.id) },
  ]
  return (
    <div className="failure sm" role="alert">
      <p className="error">
        <Icon name="circle-alert" size="s" />
        {words} <Why explanation={explanation} />
      </p>
      <p className="acts">
        {acts.map((one) => (
          <button key={one.label} type="button" className="link" onClick={one.act}>
            {one.label}
          </button>
        ))}
      </p>
    </div>
  )
}
