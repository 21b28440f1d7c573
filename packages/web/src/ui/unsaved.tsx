// Nothing that was entered is lost by a wrong click: leaving a form with changes asks first.

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { FormDialog } from './form-dialog.tsx'
import { formTexts } from './form-texts.ts'
import { type Navigate, NavigationProvider, useNavigate } from './navigation.tsx'

type Forms = Set<string>
const Context = createContext<Forms>(new Set())

/** Says of a form whether it holds changes that are not saved. */
export function useUnsaved(isDirty: boolean): void {
  const forms = useContext(Context)
  const id = useId()
  useEffect(() => {
    if (!isDirty) return
    forms.add(id)
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', onUnload)
    return () => {
      forms.delete(id)
      window.removeEventListener('beforeunload', onUnload)
    }
  }, [forms, id, isDirty])
}

/** Links inside ask before they lead away from such a form. The same screen otherwise looked at is not leaving. */
export function UnsavedGuard(props: { readonly children: ReactNode }): ReactNode {
  const navigate = useNavigate()
  const forms = useRef<Forms>(new Set()).current
  const [asked, setAsked] = useState<() => void>()
  const guarded: Navigate = (href, options) => {
    const leaves = new URL(href, location.href).pathname !== location.pathname
    if (forms.size === 0 || !leaves) navigate(href, options)
    else setAsked(() => () => navigate(href, options))
  }
  return (
    <Context value={forms}>
      <NavigationProvider navigate={guarded}>
        {props.children}
        {asked === undefined ? null : (
          <FormDialog
            title={formTexts.unsaved.title}
            text={formTexts.unsaved.text}
            confirm={formTexts.unsaved.leave}
            isDanger
            onConfirm={async () => {
              forms.clear()
              asked()
            }}
            onClose={() => setAsked(undefined)}
          />
        )}
      </NavigationProvider>
    </Context>
  )
}
