// Whose browser this is: the device's proof, the visitor it stands for, and the short-lived token of the realtime connection.

import { beginSession, Refused, VisitorDoor } from '../api.ts'
import type { Session, SessionAsk } from '../model/shapes.ts'

/** A token is renewed so long before its end; milliseconds. */
const EARLY_MS = 60_000

export class VisitorSession {
  readonly door: VisitorDoor
  readonly visitor: Session['visitor']
  readonly conversation: Session['conversation']
  #token: string
  #expiresAtMs: number

  private constructor({ device, visitor, conversation, token, tokenExpiresAtMs }: Session) {
    this.door = new VisitorDoor(device)
    this.visitor = visitor
    this.conversation = conversation
    this.#token = token
    this.#expiresAtMs = tokenExpiresAtMs
  }

  /**
   * Goes on as the device says; one that the server does not know any more begins anew.
   *
   * @throws {Refused} the visitor is not let in
   */
  static async begin(widget: string, ask: SessionAsk): Promise<VisitorSession> {
    try {
      return new VisitorSession(await beginSession(widget, ask))
    } catch (error) {
      const code = error instanceof Refused ? error.code : undefined
      const { device, proof, ...anew } = ask
      // A link that was used before leaves whoever this browser is known as.
      if (code === 'proof_invalid' && proof !== undefined)
        return VisitorSession.begin(widget, { ...anew, ...(device !== undefined && { device }) })
      if (code !== 'device_unknown' || device === undefined) throw error
      return new VisitorSession(await beginSession(widget, anew))
    }
  }

  /** One that holds for a while yet. @param spent one that the server does not take any more */
  readonly token = async (spent?: string): Promise<string> => {
    if (Date.now() < this.#expiresAtMs - EARLY_MS && this.#token !== spent) return this.#token
    const { token, tokenExpiresAtMs } = await this.door.renewed()
    this.#token = token
    this.#expiresAtMs = tokenExpiresAtMs
    return token
  }
}
