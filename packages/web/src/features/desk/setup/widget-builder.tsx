// A widget, part by part, with what visitors will see beside it. Nothing counts before it is saved.

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { Ask } from '../../../ui/ask.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorSummary, type FormErrors } from '../../../ui/error-summary.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { refusalOf } from '../../../ui/refusal.ts'
import { SecretDialog } from '../../../ui/secret-dialog.tsx'
import { useUnsaved } from '../../../ui/unsaved.tsx'
import { deskHref } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { setupTexts } from '../model/texts-setup.ts'
import { bodyOf, draftOf, newDraft, problemsOf, type WidgetDraft } from '../model/widget-draft.ts'
import { DeskPage } from '../screens/page.tsx'
import type { Widget } from '../store/calls.ts'
import { useDesk } from '../store/desk-context.tsx'
import { WidgetKeys } from './widget-keys.tsx'
import { WidgetParts } from './widget-parts.tsx'
import { WidgetPreview } from './widget-preview.tsx'
import { WidgetSnippet } from './widget-snippet.tsx'

type BuilderProps = {
  /** Absent: it is not made yet. */
  readonly widget: Widget | undefined
  readonly back: { readonly href: string; readonly label: string }
  readonly onChanged?: () => void
}

export function WidgetBuilder(props: BuilderProps): ReactNode {
  const { widget, back } = props
  const form = useDraft(props)
  const [isRemoving, setRemoving] = useState(false)
  const { draft, errors, change } = form
  return (
    <DeskPage
      title={widget?.name ?? setupTexts.widgets.make}
      back={back}
      acts={
        <Button look="primary" busy={form.isBusy} onClick={() => void form.save()}>
          {widget === undefined ? setupTexts.create : texts.save}
        </Button>
      }
    >
      <div className="builder">
        <form
          className="builder-form"
          aria-label={setupTexts.widgets.settings}
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault()
            void form.save()
          }}
        >
          <ErrorSummary errors={errors} />
          {widget === undefined ? null : <WidgetSnippet widget={widget} />}
          <WidgetParts draft={draft} errors={errors} onChange={change} />
          {widget === undefined ? null : (
            <>
              <WidgetKeys widget={widget} onChanged={() => props.onChanged?.()} />
              <div className="acts apart">
                <Button look="danger" onClick={() => setRemoving(true)}>
                  {setupTexts.widgets.remove}
                </Button>
              </div>
            </>
          )}
        </form>
        <WidgetPreview draft={draft} />
      </div>
      {isRemoving && widget !== undefined ? (
        <Ask
          title={setupTexts.widgets.removeTitle(widget.name)}
          consequence={setupTexts.widgets.removeText}
          confirm={setupTexts.widgets.remove}
          onConfirm={() => void form.remove()}
          onClose={() => setRemoving(false)}
        />
      ) : null}
      {form.secret === undefined ? null : (
        <SecretDialog
          title={setupTexts.context.secretTitle}
          text={setupTexts.context.secretText}
          label={setupTexts.context.secret}
          secret={form.secret}
          onClose={form.forgetSecret}
        />
      )}
    </DeskPage>
  )
}

function useDraft({ widget, back, onChanged }: BuilderProps) {
  const { calls, tenant } = useDesk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const [base, setBase] = useState(() =>
    widget === undefined ? newDraft(zone) : draftOf(widget, zone),
  )
  const [draft, setDraft] = useState(base)
  const [errors, setErrors] = useState<FormErrors>({})
  const [isBusy, setBusy] = useState(false)
  const [secret, setSecret] = useState<string>()
  useUnsaved(JSON.stringify(draft) !== JSON.stringify(base))
  const change = (some: Partial<WidgetDraft>) => {
    setDraft({ ...draft, ...some })
    setErrors({})
  }
  const done = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
      await client.invalidateQueries({ queryKey: ['desk-widgets'] })
    } catch (cause) {
      say({ tone: 'bad', title: texts.notDone, text: refusalOf(cause) })
    } finally {
      setBusy(false)
    }
  }
  const save = async () => {
    const found = problemsOf(draft).map((one) => [`widget-${one}`, setupTexts.problems[one]])
    setErrors(Object.fromEntries(found))
    if (found.length > 0 || isBusy) return
    await done(async () => {
      const body = bodyOf(draft, widget)
      const made =
        widget === undefined
          ? await calls.makeWidget(tenant, body)
          : await calls.putWidget(widget.id, widget.version, body)
      setBase(draft)
      setSecret(made.contextSecret)
      say({ tone: 'good', title: setupTexts.widgets.saved(made.name) })
      onChanged?.()
      if (widget === undefined)
        setTimeout(() => navigate(deskHref('widgets', made.id, { tenant }), { replace: true }))
    })
  }
  const remove = () =>
    done(async () => {
      if (widget !== undefined) await calls.dropWidget(widget.id)
      setBase(draft)
      setTimeout(() => navigate(back.href))
    })
  return {
    draft,
    errors,
    change,
    isBusy,
    save,
    remove,
    secret,
    forgetSecret: () => setSecret(undefined),
  }
}
