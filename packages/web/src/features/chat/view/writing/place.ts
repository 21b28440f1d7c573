// Where one writes, as its aids need to know it.

import type { PersonView, ResourceView } from '@sayso/client'
import type { ConversationPeople } from '../../store/use-conversation-people.ts'
import type { Notices } from '../../store/use-notices.ts'

export type WritingPlace = {
  readonly me: PersonView
  readonly view: ResourceView
  readonly people: ConversationPeople
  readonly notices: Pick<Notices, 'tell'>
}
