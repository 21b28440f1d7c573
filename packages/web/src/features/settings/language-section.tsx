// Which language the pages speak.

import { type ReactNode, useState } from 'react'
import { Choice, Outcome } from '../../ui/form-parts.tsx'
import { chooseLanguage, chosenLanguage } from '../../ui/language.ts'
import { LANGUAGES, type Language } from '../../ui/words.ts'
import { texts } from './texts.ts'

const BROWSER = 'browser'

export function LanguageSection(): ReactNode {
  const [chosen, setChosen] = useState<Language | typeof BROWSER>(() => chosenLanguage() ?? BROWSER)
  const [hasFailed, setFailed] = useState(false)
  const change = (key: Language | typeof BROWSER) => {
    setFailed(false)
    chooseLanguage(key === BROWSER ? undefined : key).then(
      () => setChosen(key),
      () => setFailed(true),
    )
  }
  return (
    <>
      <Choice
        title={texts.languageTitle}
        value={chosen}
        options={[
          { key: BROWSER, label: texts.asBrowser },
          ...LANGUAGES.map((one) => ({ key: one.key, label: one.title })),
        ]}
        onChange={change}
        tall
      />
      <Outcome text={hasFailed ? texts.languageFailed : undefined} />
    </>
  )
}
