// German of the desk, each part beside its English.

import type { Catalogue } from '../../ui/words.ts'
import { deskTextsDe } from './model/texts.de.ts'
import { deskMoveTextsDe } from './model/texts-moves.de.ts'
import { deskSetupTextsDe } from './model/texts-setup.de.ts'

export const deskDe: Catalogue = {
  desk: deskTextsDe,
  'desk.moves': deskMoveTextsDe,
  'desk.setup': deskSetupTextsDe,
}
