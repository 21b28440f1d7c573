// The frame of the sign-in and set-up pages: a sheet with one column, and the creed.

import type { ReactNode } from 'react'
import { Brand } from '../../ui/mark.tsx'

export function Frame(props: { readonly corner: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="signin">
      <main className="paper">
        <header className="row">
          <Brand />
          <span className="grow" />
          <span className="xs faint">{props.corner}</span>
        </header>
        <div className="mid">{props.children}</div>
      </main>
      <p className="creed" aria-hidden="true">
        Nothing happens
        <br />
        except on somebody’s <span className="hl">say-so</span>.
      </p>
    </div>
  )
}
