// Somebody in a list of choices, with how they are: at their picture, and in words. Of whoever is not here, or may not be seen
// as here beside the channel, nothing is said.

import { type ComponentProps, type ReactNode, useMemo } from 'react'
import { Avatar } from '../../../../ui/avatar.tsx'
import { serverNow } from '../../../../ui/server-clock.ts'
import { type PresenceSaid, presenceSaid } from '../../model/presence-said.ts'
import { useRightsHere } from '../rights-context.ts'
import { lookOf } from './presence-look.ts'
import { presenceText } from './presence-words.ts'
import { useWhereabouts } from './whereabouts-now.ts'

type Beside = {
  readonly id: string
  /** A channel shared with them, or the resource of it; absent: the one this stands in. */
  readonly on?: string | undefined
}

export function PresentAvatar(
  props: Beside & Omit<ComponentProps<typeof Avatar>, 'here'>,
): ReactNode {
  const { on, ...avatar } = props
  const said = useSaid(props)
  return <Avatar {...avatar} here={said === undefined ? undefined : lookOf(said)} />
}

/** What else is said of them, and how they are. */
export function PresentWords(props: Beside & { readonly text?: string | undefined }): ReactNode {
  const said = useSaid(props)
  const words = said === undefined ? undefined : presenceText(said, serverNow())
  return [props.text, words].filter((part) => part !== undefined).join(' · ')
}

/** Absent: not here, as far as one may know. */
function useSaid({ id, on }: Beside): PresenceSaid | undefined {
  const here = useRightsHere()?.view.resource ?? ''
  const asked = useMemo(() => new Set([id]), [id])
  const values = useWhereabouts(on ?? here, asked).get(id) ?? []
  return values.length === 0 ? undefined : presenceSaid(values, serverNow())
}
