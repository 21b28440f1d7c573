// The settings: a dialog over the chat, so that the conversation goes on behind it. On a phone it is a page.

import '../../ui/more-icons.ts'
import {
  type ComponentType,
  type ReactNode,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Anchor } from '../../ui/navigation.tsx'
import { usePhone } from '../../ui/use-phone.ts'
import { AccessibilitySection } from './accessibility-section.tsx'
import { AccountSection } from './account-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { DevicesSection } from './devices-section.tsx'
import { KeyboardSection } from './keyboard-section.tsx'
import { LanguageSection } from './language-section.tsx'
import { PrivacySection } from './privacy-section.tsx'
import { ProfileSection } from './profile-section.tsx'
import type { SettingsProps } from './props.ts'
import { GROUPS, type SectionKey, sectionOf } from './sections.ts'
import { texts } from './texts.ts'

const SECTIONS: Readonly<Record<SectionKey, ComponentType<SettingsProps>>> = {
  profile: ProfileSection,
  account: AccountSection,
  devices: DevicesSection,
  privacy: PrivacySection,
  notifications: (props) => <props.notifications />,
  appearance: AppearanceSection,
  language: LanguageSection,
  keyboard: KeyboardSection,
  accessibility: AccessibilitySection,
}

export function SettingsScreen(props: SettingsProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const isPhone = usePhone()
  const wanted = sectionOf(props.section)
  // A phone begins with the list; elsewhere the list stands beside the first section.
  const section = wanted ?? (isPhone ? undefined : 'profile')
  // Before the effects of what is inside: the open section takes the focus.
  useLayoutEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="settings"
      aria-label={texts.title}
      data-shows={section === undefined ? 'list' : 'section'}
      onClose={props.onClose}
    >
      <SectionList {...props} current={section} />
      {section === undefined ? null : <SectionBody {...props} section={section} />}
      <div className="shut">
        <IconButton icon="x" label={texts.close} onClick={() => dialog.current?.close()} />
      </div>
    </dialog>
  )
}

function SectionList(props: SettingsProps & { readonly current: SectionKey | undefined }) {
  return (
    <nav className="sections" aria-label={texts.title}>
      <h2 className="title">{texts.title}</h2>
      {GROUPS.map((group) => (
        <section key={group.key} aria-label={texts.groups[group.key]}>
          <h3 className="nav-h">{texts.groups[group.key]}</h3>
          <ul className="nav">
            {group.sections.map((one) => (
              <li key={one.key}>
                <Anchor
                  className="ch"
                  href={props.hrefOf(one.key)}
                  current={one.key === props.current}
                  replace
                >
                  <span className="gl">
                    <Icon name={one.icon} />
                  </span>
                  <span className="grow">{texts.sections[one.key]}</span>
                </Anchor>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function SectionBody(props: SettingsProps & { readonly section: SectionKey }): ReactNode {
  const Section = SECTIONS[props.section]
  const title = useRef<HTMLHeadingElement>(null)
  // Whoever chose a section goes on reading there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each section
  useEffect(() => {
    title.current?.focus()
  }, [props.section])
  return (
    <div className="section">
      <header>
        <span className="only-phone">
          <Anchor className="iconbtn" href={props.hrefOf('all')} label={texts.back} replace>
            <Icon name="chevron-left" size="l" />
          </Anchor>
        </span>
        <h2 ref={title} className="title" tabIndex={-1}>
          {texts.sections[props.section]}
        </h2>
      </header>
      <div className="stack">
        <Suspense fallback={null}>
          <Section key={props.section} {...props} />
        </Suspense>
      </div>
    </div>
  )
}
