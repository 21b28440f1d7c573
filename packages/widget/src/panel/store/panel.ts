// The panel as a whole: greets the page, learns who the visitor is and how the widget is set up, and does what is pressed.

import type { Place, ToFrame } from '../../shared/messages.ts'
import { Refused, readConfig } from '../api.ts'
import type { Host } from '../bridge.ts'
import type { Attached, Config, OpenAsk, SessionAsk, Talk } from '../model/shapes.ts'
import { spoken } from '../model/texts.ts'
import type { Line } from '../model/timeline.ts'
import { saveAs } from './save-as.ts'
import { VisitorSession } from './session.ts'
import { type PanelState, type Ready, type Screen, Store } from './state.ts'
import { Talking } from './talking.ts'
import { upload } from './upload.ts'

type Hello = Extract<ToFrame, { kind: 'hello' }>

/** Whoever is not heard of for twice as long has gone; milliseconds. */
const ALIVE_EVERY_MS = 40_000
const SOUND = 'sayso-widget-sound'

export class Panel {
  readonly store = new Store<PanelState>({ kind: 'loading' })
  readonly #bridge: Host
  readonly #widget: string
  #hello: Hello | undefined
  #session: VisitorSession | undefined
  #talking: Talking | undefined
  #form: OpenAsk = {}
  #proof: string | undefined

  /** @param proof of a mailed link; it works once */
  constructor(widget: string, bridge: Host, proof?: string) {
    this.#widget = widget
    this.#bridge = bridge
    this.#proof = proof
    bridge.listen((message) => this.#heard(message))
    document.addEventListener('visibilitychange', () => this.#look())
    setInterval(() => this.#sayPage(), ALIVE_EVERY_MS)
  }

  send(text: string, files: readonly Attached[] = []): void {
    this.#talking?.send(text, files)
  }

  writing(): void {
    this.#talking?.writing()
  }

  retry(id: string): void {
    this.#talking?.retry(plain(id))
  }

  discard(id: string): void {
    this.#talking?.discard(plain(id))
  }

  earlierLines(): Promise<void> {
    return this.#talking?.earlier() ?? Promise.resolve()
  }

  /** What was filled in before the first message. */
  begin(form: OpenAsk): void {
    this.#form = form
    this.#change({ screen: 'talk' })
  }

  startNew(): void {
    this.#talking?.show(undefined)
    const { config } = this.#ready()
    this.#change({ screen: firstScreen(config, null) })
  }

  go(screen: Screen): void {
    this.#change({ screen })
  }

  showEarlier(talk: Talk): void {
    this.#talking?.show(talk)
    this.#change({ screen: 'talk' })
  }

  earlierTalks(): Promise<readonly Talk[]> {
    return this.#door().all()
  }

  close(): void {
    this.#bridge.say({ kind: 'close' })
  }

  async rate(key: string, rating: { readonly score: number; readonly comment?: string }) {
    await this.#door().rate(key, rating)
    const { talk } = this.#ready()
    if (talk?.key === key) this.#talking?.show({ ...talk, rating })
  }

  transcript(key: string): Promise<string> {
    return this.#door().transcript(key)
  }

  mailTranscript(key: string, email: string): Promise<void> {
    return this.#door().mailTranscript(key, email)
  }

  leaveMessage(message: { name?: string; email: string; text: string }): Promise<void> {
    return this.#door().leaveMessage(message)
  }

  /** Sends a file with the next message; begins a conversation if there is none. */
  async attach(file: File, moved: (share: number) => void, signal: AbortSignal): Promise<Attached> {
    const session = this.#session
    if (session === undefined) throw new Error('there is no session')
    const { talk } = this.#ready()
    const open = talk === undefined || talk.state === 'closed' ? await this.#open() : talk
    this.#talking?.show(open)
    return upload(file, open.key, session.token, moved, signal)
  }

  /** A picture of a message, asked for with the visitor's proof. */
  async picture(id: string): Promise<Blob> {
    const token = await this.#session?.token()
    const preview = await fileAnswer(`/files/${id}/preview`, token)
    const answer = preview.ok ? preview : await fileAnswer(`/files/${id}`, token)
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.blob()
  }

  async save({ id, name }: Attached): Promise<void> {
    const answer = await fileAnswer(`/files/${id}?save`, await this.#session?.token())
    if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})))
    saveAs(await answer.blob(), name)
  }

  async forget(): Promise<void> {
    await this.#door().forget()
    this.#bridge.say({ kind: 'device', device: null })
    localStorage.clear()
    const { device: _gone, ...hello } = this.#hello as Hello
    await this.#start(hello)
  }

  sound(hasSound: boolean): void {
    kept(SOUND, hasSound ? '1' : '0')
    this.#change({ hasSound })
  }

  say(notice: string | undefined): void {
    this.#change({ notice })
  }

  again(): void {
    if (this.#hello !== undefined) void this.#start(this.#hello)
  }

  #heard(message: ToFrame): void {
    switch (message.kind) {
      case 'hello':
        void this.#start(message)
        return
      case 'open':
      case 'close':
        this.#hello = { ...(this.#hello as Hello), isOpen: message.kind === 'open' }
        this.#change({ isOpen: message.kind === 'open' })
        this.#look()
        return
      case 'identity':
        return this.#identified(message.token)
      case 'attributes':
        this.#hello = { ...(this.#hello as Hello), attributes: message.attributes }
        return this.#sayAttributes()
      case 'page':
        this.#hello = { ...(this.#hello as Hello), page: message.page }
        this.#sayPage()
    }
  }

  /** Where the visitor is, which is also a sign of life. */
  #sayPage(): void {
    const page = this.#hello?.page
    if (page === undefined || document.hidden) return
    this.#session?.door.page(placeOf(page)).catch(() => undefined)
  }

  #sayAttributes(): void {
    const attributes = this.#hello?.attributes
    if (attributes === undefined) return
    this.#session?.door.attributes(attributes).catch((error: unknown) => reportError(error))
  }

  #identified(token: string | null): void {
    const { identity: _before, device, ...hello } = this.#hello as Hello
    const next =
      token === null
        ? hello
        : { ...hello, identity: token, ...(device !== undefined && { device }) }
    void this.#start(next)
  }

  async #start(hello: Hello): Promise<void> {
    this.#hello = hello
    try {
      const [config, session] = await Promise.all([
        readConfig(this.#widget),
        VisitorSession.begin(this.#widget, askOf(hello, this.#proof)),
      ])
      this.#proof = undefined
      const { device } = session.door
      this.#hello = { ...hello, device }
      this.#bridge.say({ kind: 'device', device })
      const language = config.language === 'auto' ? [] : [config.language]
      const wanted = [
        ...language,
        ...(hello.language ? [hello.language] : []),
        ...navigator.languages,
      ]
      this.#begin(config, session, await spoken(wanted, config.texts))
    } catch (error) {
      this.#failed(error)
    }
  }

  #begin(config: Config, session: VisitorSession, texts: Ready['spoken']): void {
    this.#talking?.close()
    this.#session = session
    const talking = new Talking({
      me: session.visitor.id,
      token: session.token,
      door: session.door,
      open: () => this.#open(),
      changed: (seen) => this.#change(seen),
      said: (line) => this.#said(line),
    })
    this.#talking = talking
    this.store.set({
      kind: 'ready',
      config,
      spoken: texts,
      me: session.visitor,
      screen: firstScreen(config, session.conversation),
      ...talking.seen,
      notice: undefined,
      isOpen: this.#hello?.isOpen === true,
      hasSound: keptText(SOUND) === '1',
    })
    const { availability, offline } = config
    const isHidden =
      session.conversation === null &&
      (availability.state === 'off' || (availability.state === 'offline' && offline === 'hide'))
    const label = config.look.label ?? texts.texts.title
    this.#bridge.say({ kind: 'look', look: { ...config.look, label }, isShown: !isHidden })
    if (session.conversation !== null) talking.show(session.conversation)
    this.#sayAttributes()
    this.#look()
  }

  #failed(error: unknown): void {
    const reason = error instanceof Refused ? error.message : ''
    this.store.set({ kind: 'failed', reason })
    const isShut = error instanceof Refused && error.status < 500
    if (isShut) this.#bridge.say({ kind: 'look', look: {}, isShown: this.#hello?.isOpen === true })
  }

  async #open(): Promise<Talk> {
    const { conversation, isNew } = await this.#door().open(this.#form)
    if (isNew) this.#tell('conversation', { key: conversation.key })
    return conversation
  }

  #said({ name, text }: Line): void {
    this.#tell('message', { name, text })
    const { hasSound, isOpen } = this.#ready()
    if (hasSound && (!isOpen || document.hidden))
      void import('./sound.ts').then(({ play }) => play())
  }

  #tell(name: 'message' | 'conversation', detail: Readonly<Record<string, string>>): void {
    this.#bridge.say({ kind: 'event', name, detail })
  }

  #look(): void {
    this.#talking?.look(this.#hello?.isOpen === true && !document.hidden)
  }

  #door() {
    if (this.#session === undefined) throw new Error('there is no session')
    return this.#session.door
  }

  #ready(): Ready {
    return this.store.state as Ready
  }

  #change(change: Partial<Ready>): void {
    const { state } = this.store
    if (state.kind !== 'ready') return
    if (change.unread !== undefined && change.unread !== state.unread)
      this.#bridge.say({ kind: 'unread', count: change.unread })
    this.store.set({ ...state, ...change })
  }
}

const placeOf = ({ url, title }: Place) => ({ url, title: title.slice(0, 500) })

function askOf({ device, identity, page }: Hello, proof?: string): SessionAsk {
  return {
    ...(proof !== undefined && { proof }),
    page: placeOf(page),
    ...(device !== undefined && { device }),
    ...(identity !== undefined && { identity }),
  }
}

function firstScreen({ availability, offline, form }: Config, talk: Talk | null): Screen {
  if (talk !== null) return 'talk'
  if (availability.state !== 'online' && offline === 'form') return 'offline'
  const isAsked = form !== undefined && (form.fields.length > 0 || form.consent !== undefined)
  return isAsked ? 'form' : 'talk'
}

const fileAnswer = (path: string, token = '') =>
  fetch(path, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' })

/** Lines carry the id of the message, which counts the messages of one publish. */
const plain = (id: string) => id.replace(/:0$/, '')

function kept(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // For this page alone, then.
  }
}

function keptText(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
