// Who works at the desk and in which teams, and how others come in.

import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { texts } from '../model/texts.ts'
import { setupTexts } from '../model/texts-setup.ts'
import { OperatorList } from '../screens/operators.tsx'
import { DeskPage } from '../screens/page.tsx'
import { useDesk } from '../store/desk-context.tsx'
import { useDeskRights } from '../store/rights.ts'
import { useTeams } from '../store/use-teams.ts'
import type { PartProps } from '../view/part-props.ts'
import { InviteDialog } from './invite-dialog.tsx'

export function Teams(_props: PartProps): ReactNode {
  const { tenant } = useDesk()
  const rights = useDeskRights(tenant)
  const [isInviting, setInviting] = useState(false)
  const teams = useTeams()
  const { team } = setupTexts
  return (
    <DeskPage
      title={texts.screens.teams}
      about={team.about}
      acts={
        rights.may('invite') ? (
          <Button look="primary" icon="user-plus" onClick={() => setInviting(true)}>
            {team.invite}
          </Button>
        ) : undefined
      }
    >
      <section className="page-part" aria-label={texts.screens.operators}>
        <h2 className="label">{texts.screens.operators}</h2>
        <OperatorList />
      </section>
      <section className="page-part" aria-label={team.teams}>
        <h2 className="label">{team.teams}</h2>
        {teams.length === 0 ? <p className="sm dim">{team.none}</p> : null}
        <ul className="people-rows">
          {teams.map((one) => (
            <li key={one.key}>
              <span className="grow strong">
                <bdi>{one.title}</bdi>
              </span>
              <code className="sm dim">{one.key}</code>
            </li>
          ))}
        </ul>
        <p className="hint">{team.hint}</p>
      </section>
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </DeskPage>
  )
}
