// Name and password; what is refused is said.

import { type FormEvent, useState } from 'react'
import { signIn } from './desk.ts'

export function SignIn({ onDone }: { readonly onDone: () => void }) {
  const [trouble, setTrouble] = useState<string>()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    setTrouble(undefined)
    signIn(String(said.get('name')), String(said.get('password'))).then(onDone, (error: Error) =>
      setTrouble(error.message),
    )
  }
  return (
    <main className="door">
      <h1>Colours</h1>
      <p className="why">
        One board, three colours, and an administrator who says who may use which.
      </p>
      <form onSubmit={send}>
        <label>
          Name
          <input name="name" autoComplete="username" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <p className="refusal" role="alert">
          {trouble}
        </p>
        <button type="submit" className="primary">
          Sign in
        </button>
      </form>
    </main>
  )
}
