// German of the desk, each part beside its English.

import type { Catalogue } from '../../ui/words.ts'
import { deskTextsDe } from './model/texts.de.ts'
import { deskSetupTextsDe } from './model/texts-setup.de.ts'

export const deskDe: Catalogue = { desk: deskTextsDe, 'desk.setup': deskSetupTextsDe }
