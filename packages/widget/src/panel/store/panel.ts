// The panel as a whole: greets the page, learns who the visitor is and how the widget is set up, and does what is pressed.

import type { EventName, Place, ToFrame } from '../../shared/messages.ts'
import { Refused, readConfig } from '../api.ts'
import type { Host } from '../bridge.ts'
import type { Attached, Config, OpenAsk, SessionAsk, Talk } from '../model/shapes.ts'
import { spoken } from '../model/texts.ts'
import type { Line } from '../model/timeline.ts'
import { type Choice, keepChoice, keptChoices } from './choices.ts'
import { Draft } from './draft.ts'
import { pictureOf, saveFile } from './files.ts'
import { forgetKept } from './kept.ts'
import { plainId } from './outbox.ts'
import { VisitorSession } from './session.ts'
import { type PanelState, type Ready, type Screen, Store } from './state.ts'
import { Talking } from './talking.ts'
import { upload } from './upload.ts'

/** What a panel can be asked to do; a preview does nothing of it. */
export type PanelActs = Pick<Panel, keyof Panel>

type Hello = Extract<ToFrame, { kind: 'hello' }>

/** Whoever is not heard of for twice as long has gone; milliseconds. */
const ALIVE_EVERY_MS = 40_000
/** What was asked of the widget is asked again when it is opened after; milliseconds. */
const FRESH_MS = 15_000

export class Panel {
  readonly store = new Store<PanelState>({ kind: 'loading' })
  readonly #bridge: Host
  readonly #widget: string
  #hello: Hello | undefined
  #session: VisitorSession | undefined
  #talking: Talking | undefined
  #draft: Draft | undefined
  #form: OpenAsk = {}
  #proof: string | undefined
  #readAtMs = 0

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

  /** What stands in the field and is not sent. */
  draft(): string {
    return this.#draft?.text ?? ''
  }

  keepDraft(text: string): void {
    this.#draft?.keep(text)
  }

  retry(id: string): void {
    this.#talking?.retry(plainId(id))
  }

  discard(id: string): void {
    this.#talking?.discard(plainId(id))
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
    this.#change({ screen: firstScreen(this.#ready().config, null) })
    void this.#refresh()
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
    return pictureOf(id, await this.#session?.token())
  }

  async save(file: Attached): Promise<void> {
    await saveFile(file, await this.#session?.token())
  }

  async forget(): Promise<void> {
    await this.#door().forget()
    this.#bridge.say({ kind: 'device', device: null })
    forgetKept(this.#ready().me.id)
    const { device: _gone, ...hello } = this.#hello as Hello
    await this.#start(hello)
  }

  choose(choice: Choice, isOn: boolean): void {
    keepChoice(choice, isOn)
    this.#change({ chosen: { ...this.#ready().chosen, [choice]: isOn } })
    this.#tellUnread()
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
        if (message.kind === 'open') void this.#refresh()
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
    const session = this.#session
    session?.door.page(placeOf(page)).catch((error: unknown) => this.#lost(session, error))
  }

  #sayAttributes(): void {
    const attributes = this.#hello?.attributes
    if (attributes === undefined) return
    this.#session?.door.attributes(attributes).catch((error: unknown) => reportError(error))
  }

  #identified(token: string | null): void {
    const { identity: _before, device, ...hello } = this.#hello as Hello
    // Whoever signs out has not lost their proof.
    this.#session = undefined
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
      const { identity: _proved, ...rest } = hello
      // From here on the device speaks for whoever was proved.
      this.#hello = { ...rest, device }
      this.#bridge.say({ kind: 'device', device })
      this.#begin(config, session, await spoken(this.#wanted(config), config.texts))
    } catch (error) {
      this.#failed(error)
    }
  }

  /** Languages, the first first: the owner's, the page's, the browser's. */
  #wanted(config?: Config): readonly string[] {
    const { language = 'auto' } = config ?? {}
    const own = language === 'auto' ? [] : [language]
    const { language: page } = this.#hello ?? {}
    return [...own, ...(page ? [page] : []), ...navigator.languages]
  }

  #begin(config: Config, session: VisitorSession, texts: Ready['spoken']): void {
    this.#talking?.close()
    if (this.#session?.visitor.isVerified === true && !session.visitor.isVerified)
      this.#tell('identity', { state: 'expired' })
    this.#session = session
    this.#readAtMs = Date.now()
    this.#draft = new Draft(session.visitor.id)
    const talking = new Talking({
      me: session.visitor.id,
      token: (spent) => this.#token(session, spent),
      door: session.door,
      open: () => this.#open(),
      changed: (seen) => this.#change(seen),
      said: (line) => this.#said(line),
      lost: () => this.#sayPage(),
      alias: config.look.hidesNames === true ? config.name : undefined,
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
      chosen: keptChoices(),
    })
    this.#sayLook()
    if (session.conversation !== null) talking.show(session.conversation)
    this.#sayAttributes()
    this.#look()
  }

  #sayLook(): void {
    const { config, spoken: said, talk, isOpen } = this.#ready()
    const { availability, offline, look } = config
    const isAway = availability.state === 'offline' && offline === 'hide'
    const isShown = talk !== undefined || isOpen || !isAway
    const label = look.label ?? said.texts.title
    this.#bridge.say({ kind: 'look', look: { ...look, label }, isShown })
  }

  /** Whether somebody is there by now, for whoever has no conversation. */
  async #refresh(): Promise<void> {
    const { state } = this.store
    if (state.kind !== 'ready' || Date.now() - this.#readAtMs < FRESH_MS) return
    this.#readAtMs = Date.now()
    const session = this.#session
    const config = await readConfig(this.#widget).catch((error: unknown) => {
      if (session !== undefined) this.#lost(session, error)
    })
    const now = this.store.state
    if (!config || now.kind !== 'ready') return
    const isBegun = now.talk !== undefined || now.screen === 'earlier' || this.draft() !== ''
    this.#change({ config, ...(!isBegun && { screen: firstScreen(config, null) }) })
    this.#sayLook()
  }

  async #token(session: VisitorSession, spent?: string): Promise<string> {
    try {
      return await session.token(spent)
    } catch (error) {
      this.#lost(session, error)
      throw error
    }
  }

  /** The server does not let this browser on as it did: it begins anew, or says that the chat is not available. */
  #lost(session: VisitorSession, error: unknown): void {
    if (session !== this.#session || !(error instanceof Refused)) return
    if (error.code === 'device_unknown') void this.#start(this.#hello as Hello)
    else if (error.status === 403 || error.status === 404) this.#failed(error)
  }

  #failed(error: unknown): void {
    this.#talking?.close()
    this.#session = undefined
    if (error instanceof Refused && error.code.startsWith('identity_'))
      this.#tell('identity', { state: 'refused', reason: error.reason ?? error.code })
    const isShut = error instanceof Refused && (error.status === 403 || error.status === 404)
    if (isShut) this.#bridge.say({ kind: 'look', isShown: this.#hello?.isOpen === true })
    void spoken(this.#wanted()).then((texts) => {
      if (this.#session === undefined) this.store.set({ kind: 'failed', spoken: texts })
    })
  }

  async #open(): Promise<Talk> {
    const { conversation, isNew } = await this.#door().open(this.#form)
    if (isNew) this.#tell('conversation', { key: conversation.key })
    return conversation
  }

  #said({ name, text }: Line): void {
    this.#tell('message', { name, text })
    const { chosen, isOpen } = this.#ready()
    if (chosen.sound && (!isOpen || document.hidden))
      void import('./sound.ts').then(({ play }) => play())
  }

  #tell(name: EventName, detail: Readonly<Record<string, string>>): void {
    this.#bridge.say({ kind: 'event', name, detail })
  }

  #tellUnread(): void {
    const { unread, chosen } = this.#ready()
    this.#bridge.say({ kind: 'unread', count: unread, isInTitle: chosen.title })
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
    this.store.set({ ...state, ...change })
    if (change.unread !== undefined && change.unread !== state.unread) this.#tellUnread()
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
