// How a conversation ended: a word on how it was, its text to take along, and a new one.

import { useState } from 'preact/hooks'
import { isEmail } from '../model/email.ts'
import type { Talk } from '../model/shapes.ts'
import { saveAs } from '../store/save-as.ts'
import { usePanel, useSay } from './use.ts'

const SCORES = [
  { score: 1, text: 'rateBad', sign: '🙁' },
  { score: 3, text: 'rateOk', sign: '😐' },
  { score: 5, text: 'rateGood', sign: '🙂' },
] as const

export function Ended() {
  const { panel, state } = usePanel()
  const say = useSay()
  const { talk } = state
  if (talk === undefined) return null
  return (
    <section class="ended" aria-label={say('closedPlain')}>
      <Rating talk={talk} key={talk.key} />
      <Transcript talk={talk} />
      <button type="button" class="primary" onClick={() => panel.startNew()}>
        {say('startNew')}
      </button>
    </section>
  )
}

function Rating({ talk }: { readonly talk: Talk }) {
  const { panel } = usePanel()
  const say = useSay()
  const [score, setScore] = useState<number>()
  const [comment, setComment] = useState('')
  if (talk.rating !== undefined) return <p role="status">{say('rateThanks')}</p>
  const send = async () => {
    if (score === undefined) return
    try {
      await panel.rate(talk.key, {
        score,
        ...(comment.trim() !== '' && { comment: comment.trim() }),
      })
    } catch (error) {
      panel.say(say('failed', { reason: (error as Error).message }))
    }
  }
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <fieldset>
        <legend>{say('rate')}</legend>
        {SCORES.map((each) => (
          <label key={each.score}>
            <input
              type="radio"
              name="score"
              checked={score === each.score}
              onChange={() => setScore(each.score)}
            />
            <span aria-hidden="true">{each.sign}</span>
            {say(each.text)}
          </label>
        ))}
      </fieldset>
      {score !== undefined && (
        <>
          <label class="field">
            {say('rateComment')}
            <textarea
              rows={2}
              maxLength={1_000}
              value={comment}
              onInput={({ currentTarget }) => setComment(currentTarget.value)}
            />
          </label>
          <button type="submit" class="plain">
            {say('rateSend')}
          </button>
        </>
      )}
    </form>
  )
}

function Transcript({ talk }: { readonly talk: Talk }) {
  const { panel } = usePanel()
  const say = useSay()
  const [email, setEmail] = useState<string>()
  const fail = (error: unknown) => panel.say(say('failed', { reason: (error as Error).message }))
  const save = async () => {
    const text = await panel.transcript(talk.key)
    saveAs(new Blob([text], { type: 'text/plain' }), `${talk.key}.txt`)
  }
  const mail = async (to: string) => {
    await panel.mailTranscript(talk.key, to)
    setEmail(undefined)
    panel.say(say('transcriptSent', { email: to }))
  }
  return (
    <div class="transcript">
      <button type="button" class="quiet" onClick={() => void save().catch(fail)}>
        {say('transcript')}
      </button>
      {email === undefined ? (
        <button type="button" class="quiet" onClick={() => setEmail('')}>
          {say('mailTranscript')}
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (isEmail(email)) void mail(email).catch(fail)
            else panel.say(say('badEmail'))
          }}
        >
          <label class="field">
            {say('yourEmail')}
            <input
              type="email"
              autocomplete="email"
              value={email}
              onInput={({ currentTarget }) => setEmail(currentTarget.value)}
            />
          </label>
          <button type="submit" class="plain">
            {say('mailTranscript')}
          </button>
        </form>
      )}
    </div>
  )
}
