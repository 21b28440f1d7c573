// The one banner under the header: what is wrong with the connection, and one thing to do about it.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { type Banner, bannerOf, heardOf } from '../model/connection.ts'
import type { LinkState } from '../store/hooks.ts'
import { reconnect } from '../store/reconnect.ts'
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
  const heard = <Heard banner={banner?.kind === 'gap' ? banner : undefined} />
  if (banner === undefined) return heard
  const act = {
    try: () => reconnect(props.realtime),
    load: props.onLoad,
    sign_in: props.onSignIn,
  }
  const { action } = banner
  return (
    <>
      {heard}
      <div className="banner" data-kind={banner.kind}>
        <Icon name={GLYPHS[banner.kind]} />
        <p className="grow">
          <b>{banner.strong}</b> <span className="dim num">{banner.text}</span>
        </p>
        {action === undefined ? null : (
          <Button size="small" onClick={() => act[action.does]()}>
            {action.label}
          </Button>
        )}
      </div>
    </>
  )
}

/** What a screen reader hears of the connection, whatever channel is open. */
export function LinkHeard(props: { readonly linkState: LinkState }): ReactNode {
  return <Heard banner={bannerOf({ ...props.linkState, hasGap: false, isSignedOut: false })} />
}

/**
 * Each change once: the first words of the banner, since seconds that count down would be read out one by one, and at
 * its end that it is over. The region is there before its words, else they are not read.
 */
function Heard({ banner }: { readonly banner: Banner | undefined }): ReactNode {
  const [last, setLast] = useState(banner?.kind)
  if (banner !== undefined && banner.kind !== last) setLast(banner.kind)
  return (
    <p className="vh" role="status">
      {heardOf(banner, last)}
    </p>
  )
}
