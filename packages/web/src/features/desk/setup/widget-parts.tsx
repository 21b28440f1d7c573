// The parts of a widget's settings, each a heading with its fields.

import { type ReactNode, useId } from 'react'
import { CheckField, SelectField, TextField } from '../../../ui/fields.tsx'
import { setupTexts } from '../model/texts-setup.ts'
import { WIDGET_TEXTS } from '../model/widget-draft.ts'
import { useTeams } from '../store/use-teams.ts'
import { Part, type PartOfDraft } from './part.tsx'
import { WidgetFormPart } from './widget-form-part.tsx'
import { WidgetHours } from './widget-hours.tsx'

export function WidgetParts(props: PartOfDraft): ReactNode {
  return (
    <>
      <Basics {...props} />
      <Look {...props} />
      <Words {...props} />
      <WidgetHours {...props} />
      <WidgetFormPart {...props} />
      <Routing {...props} />
      <Files {...props} />
      <Owner {...props} />
    </>
  )
}

function Basics({ draft, errors, onChange }: PartOfDraft): ReactNode {
  const { basics } = setupTexts
  return (
    <Part title={basics.title}>
      <TextField
        id="widget-name"
        label={basics.name}
        hint={basics.nameHint}
        value={draft.name}
        error={errors['widget-name']}
        onChange={(name) => onChange({ name })}
        maxLength={80}
        isRequired
      />
      <TextField
        id="widget-sites"
        label={basics.sites}
        hint={basics.sitesHint}
        value={draft.sites}
        error={errors['widget-sites']}
        onChange={(sites) => onChange({ sites })}
        rows={3}
        isCode
      />
      <CheckField
        label={basics.isOn}
        hint={basics.isOnHint}
        isOn={draft.isOn}
        onChange={(isOn) => onChange({ isOn })}
      />
    </Part>
  )
}

const POSITIONS = ['right', 'left'] as const
const LAUNCHERS = ['bubble', 'tab'] as const
const THEMES = ['auto', 'light', 'dark'] as const

function Look({ draft, errors, onChange }: PartOfDraft): ReactNode {
  const { look } = setupTexts
  const id = useId()
  return (
    <Part title={look.title}>
      <div className="field">
        <label htmlFor={id}>{look.colour}</label>
        <div className="row">
          <input
            id={id}
            type="color"
            value={draft.colour}
            onChange={(event) => onChange({ colour: event.target.value })}
          />
          <code className="sm">{draft.colour}</code>
        </div>
        <p className="hint">{look.colourHint}</p>
      </div>
      <div className="builder-row">
        <SelectField
          label={look.position}
          value={draft.position}
          options={POSITIONS.map((key) => ({ key, label: look.positions[key] }))}
          onChange={(position) => onChange({ position })}
        />
        <SelectField
          label={look.launcher}
          value={draft.launcher}
          options={LAUNCHERS.map((key) => ({ key, label: look.launchers[key] }))}
          onChange={(launcher) => onChange({ launcher })}
        />
        <SelectField
          label={look.theme}
          value={draft.theme}
          options={THEMES.map((key) => ({ key, label: look.themes[key] }))}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <TextField
        id="widget-logo"
        label={look.logo}
        hint={look.logoHint}
        type="url"
        value={draft.logo}
        error={errors['widget-logo']}
        onChange={(logo) => onChange({ logo })}
      />
      <CheckField
        label={look.hidesNames}
        hint={look.hidesNamesHint}
        isOn={draft.hidesNames}
        onChange={(hidesNames) => onChange({ hidesNames })}
      />
    </Part>
  )
}

const LANGUAGES = ['auto', 'en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'ar', 'he'] as const

function languageName(key: string): string {
  if (key === 'auto') return setupTexts.words.auto
  return new Intl.DisplayNames([key], { type: 'language' }).of(key) ?? key
}

function Words({ draft, onChange }: PartOfDraft): ReactNode {
  const { words } = setupTexts
  return (
    <Part title={words.title}>
      <SelectField
        label={words.language}
        value={draft.language}
        options={[...new Set([...LANGUAGES, draft.language])].map((key) => ({
          key,
          label: languageName(key),
        }))}
        onChange={(language) => onChange({ language })}
      />
      {WIDGET_TEXTS.map((key) => (
        <TextField
          key={key}
          label={words.names[key]}
          value={draft.texts[key] ?? ''}
          onChange={(text) => onChange({ texts: { ...draft.texts, [key]: text } })}
          maxLength={500}
        />
      ))}
      <p className="hint">{words.hint}</p>
    </Part>
  )
}

const ROUTINGS = ['manual', 'auto'] as const
const OFFLINES = ['form', 'hide'] as const

function Routing({ draft, onChange }: PartOfDraft): ReactNode {
  const { routing } = setupTexts
  const teams = useTeams()
  const known = teams.some(({ key }) => key === draft.team)
  return (
    <Part title={routing.title}>
      <SelectField
        label={routing.how}
        hint={routing.hints[draft.routing]}
        value={draft.routing}
        options={ROUTINGS.map((key) => ({ key, label: routing.ways[key] }))}
        onChange={(next) => onChange({ routing: next })}
      />
      <SelectField
        label={routing.team}
        value={draft.team}
        options={[
          { key: '', label: routing.everybody },
          ...teams.map(({ key, title }) => ({ key, label: title })),
          ...(draft.team === '' || known ? [] : [{ key: draft.team, label: draft.team }]),
        ]}
        onChange={(team) => onChange({ team })}
      />
      <SelectField
        label={routing.offline}
        value={draft.offline}
        options={OFFLINES.map((key) => ({ key, label: routing.offlines[key] }))}
        onChange={(offline) => onChange({ offline })}
      />
    </Part>
  )
}

function Files({ draft, errors, onChange }: PartOfDraft): ReactNode {
  const { files } = setupTexts
  return (
    <Part title={files.title}>
      <CheckField
        label={files.isOn}
        isOn={draft.hasFiles}
        onChange={(hasFiles) => onChange({ hasFiles })}
      />
      {draft.hasFiles ? (
        <>
          <TextField
            id="widget-fileSize"
            label={files.size}
            type="number"
            value={draft.fileSize}
            error={errors['widget-fileSize']}
            onChange={(fileSize) => onChange({ fileSize })}
          />
          <TextField
            id="widget-fileTypes"
            label={files.types}
            hint={files.typesHint}
            value={draft.fileTypes}
            error={errors['widget-fileTypes']}
            onChange={(fileTypes) => onChange({ fileTypes })}
            rows={2}
            isCode
          />
        </>
      ) : null}
    </Part>
  )
}

function Owner({ draft, errors, onChange }: PartOfDraft): ReactNode {
  const { context, identity } = setupTexts
  return (
    <Part title={context.title}>
      <CheckField
        label={identity.isRequired}
        hint={identity.isRequiredHint}
        isOn={draft.isIdentityNeeded}
        onChange={(isIdentityNeeded) => onChange({ isIdentityNeeded })}
      />
      <TextField
        id="widget-context"
        label={context.url}
        hint={context.urlHint}
        type="url"
        value={draft.contextUrl}
        error={errors['widget-context']}
        onChange={(contextUrl) => onChange({ contextUrl })}
      />
      {draft.contextUrl === '' ? null : (
        <TextField
          label={context.seconds}
          type="number"
          value={draft.contextSeconds}
          onChange={(contextSeconds) => onChange({ contextSeconds })}
        />
      )}
    </Part>
  )
}
