// The table of painters by colours. A tick is written by the server for whoever may; the others' screens follow by themselves.

import { useEffect, useRef, useState } from 'react'
import { COLOURS, type Colour, readTicks, type Somebody, type Ticks, writeTicks } from './desk.ts'

export function Ticking({ painters }: { readonly painters: readonly Somebody[] }) {
  const { ticks, trouble, toggle } = useTicks()
  if (ticks === undefined) return <p className="why">{trouble ?? 'Reading…'}</p>
  return (
    <section className="ticking" aria-label="Who may paint what">
      <table>
        <thead>
          <tr>
            <th scope="col">Painter</th>
            {COLOURS.map((colour) => (
              <th key={colour} scope="col">
                <span className="dot" data-colour={colour} />
                {colour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {painters.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {COLOURS.map((colour) => (
                <td key={colour}>
                  <label>
                    <input
                      type="checkbox"
                      aria-label={`${name} may paint ${colour}`}
                      checked={ticks[id]?.includes(colour) ?? false}
                      onChange={() => toggle(id, colour)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="refusal" role="status">
        {trouble}
      </p>
    </section>
  )
}

function useTicks() {
  const [ticks, setTicks] = useState<Ticks>()
  const [trouble, setTrouble] = useState<string>()
  /** What was last wanted; writes go one after the other, so that none overtakes another. */
  const wanted = useRef<Ticks>({})
  const writing = useRef<Promise<unknown>>(Promise.resolve())
  const take = (next: Ticks) => {
    wanted.current = next
    setTicks(next)
  }
  const read = () => readTicks().then(take, (error: Error) => setTrouble(error.message))
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once; afterwards this screen is who writes
  useEffect(() => {
    read()
  }, [])
  const toggle = (id: string, colour: Colour) => {
    const before = wanted.current[id] ?? []
    const has = before.includes(colour)
    const after = COLOURS.filter((one) => (one === colour ? !has : before.includes(one)))
    take({ ...wanted.current, [id]: after })
    setTrouble(undefined)
    writing.current = writing.current
      .then(() => writeTicks(id, after))
      .catch((error: Error) => {
        setTrouble(error.message)
        return read()
      })
  }
  return { ticks, trouble, toggle }
}
