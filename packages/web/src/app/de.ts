// German, whole: each part's texts stand beside its English.

import { adminDe } from '../features/admin/de.ts'
import { chatDe } from '../features/chat/de.ts'
import { deskDe } from '../features/desk/de.ts'
import { loginTextsDe } from '../features/login/texts.de.ts'
import { privacyTextsDe } from '../features/settings/privacy-texts.de.ts'
import { settingsTextsDe } from '../features/settings/texts.de.ts'
import { chartTextsDe, formTextsDe } from '../ui/form-texts.de.ts'
import type { Catalogue } from '../ui/words.ts'
import { pageTextsDe, partTextsDe } from './texts.de.ts'

export const german: Catalogue = {
  ...chatDe,
  ...adminDe,
  ...deskDe,
  login: loginTextsDe,
  settings: settingsTextsDe,
  privacy: privacyTextsDe,
  pages: pageTextsDe,
  parts: partTextsDe,
  forms: formTextsDe,
  charts: chartTextsDe,
}
