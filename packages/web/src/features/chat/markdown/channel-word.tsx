// `#general` in a text: a link for those who may go there, a word for everybody else.

import { useResources } from '@sayso/client/react'
import type { ReactNode } from 'react'
import { Anchor } from '../../../ui/navigation.tsx'
import { channelHref, isReadable, keyOf } from '../model/channels.ts'

export function ChannelWord(props: { readonly word: string }): ReactNode {
  const name = props.word.slice(1).toLocaleLowerCase()
  const view = useResources()
    ?.filter(isReadable)
    .find((one) => keyOf(one) === name || one.title.toLocaleLowerCase() === name)
  if (view === undefined) return props.word
  return (
    <Anchor className="to" href={channelHref(keyOf(view))}>
      <bdi>{props.word}</bdi>
    </Anchor>
  )
}
