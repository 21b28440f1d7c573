// The one banner under the header: what is wrong with the connection, and one thing to do about it.

import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { type Banner, bannerOf } from '../model/connection.ts'
import type { PartProps } from './props.ts'

const GLYPHS: Readonly<Record<Banner['kind'], string>> = {
  lost: 'unplug',
  offline: 'unplug',
  refused: 'circle-alert',
  signed_out: 'log-out',
  gap: 'rotate-cw',
}

export function BannerBar(
  props: PartProps & { readonly hasGap: boolean; readonly onLoad: () => void },
): ReactNode {
  const { hasGap, isSignedOut } = props
  const banner = bannerOf({ ...props.linkState, hasGap, isSignedOut })
  if (banner === undefined) return null
  const act = {
    try: () => props.realtime.connect(),
    load: props.onLoad,
    sign_in: props.onSignIn,
  }
  const { action } = banner
  return (
    <div className="banner">
      <Icon name={GLYPHS[banner.kind]} />
      <p className="grow">
        {/* Only the first words are announced: seconds that count down would be read out one by one. */}
        <b role="status">{banner.strong}</b> <span className="dim num">{banner.text}</span>
      </p>
      {action === undefined ? null : (
        <Button size="small" onClick={() => act[action.does]()}>
          {action.label}
        </Button>
      )}
    </div>
  )
}
