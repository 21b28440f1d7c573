// Plays scenario files: a policy, who holds what, and what must come out. The same files serve every door.

import { authorize } from '../authorize.ts'
import type { MessageChange, MessageState } from '../condition/condition.ts'
import type { Credential } from '../credential.ts'
import { decide, decideOfType } from '../decide.ts'
import type { About, Decision, Reason } from '../decision.ts'
import type { PolicyDocument } from '../document-types.ts'
import type { Attributes, KeyId, ResourceId, SubjectId } from '../names.ts'
import { quote } from '../quote.ts'
import { mayReceive } from '../receive.ts'
import type { World } from '../world.ts'
import { checkMeaning } from './check.ts'
import { fieldOf, fieldsOf, itemsOf, type Place, rootPlace, textOf, textsOf } from './place.ts'
import type { PolicyProblem, Problems } from './problems.ts'
import { scenarioSchema } from './scenario-schema.ts'
import { atInstant, capabilityOf, instantOf, worldOf } from './scenario-world.ts'
import { checkShape } from './shape.ts'
import { readTree, toValue } from './tree.ts'

/** One expectation and what came of it. */
export type ScenarioCheck = {
  /** Where it stands in the file; 1-based. */
  readonly line: number
  readonly column: number
  /** What the assertion is about, if it says so. */
  readonly name?: string
  /** ``may `user:ada` `publish` on `team:red` `` */
  readonly question: string
  readonly expected: string
  /** What came out, with the reason. */
  readonly actual: string
  readonly passed: boolean
}

export type ScenarioResult = {
  readonly name: string
  /** In the order of the file. */
  readonly checks: readonly ScenarioCheck[]
}

/** The file is no scenario; the author has to mend every problem listed. */
export class ScenarioInvalid extends Error {
  readonly code = 'scenario_invalid'
  /** In the order of the file, at most 100, never empty. */
  readonly problems: readonly PolicyProblem[]
  constructor(problems: readonly PolicyProblem[]) {
    const [first] = problems
    super(first ? `line ${first.line}, column ${first.column}: ${first.message}` : 'not valid')
    this.problems = problems
  }
}

/**
 * Plays a scenario and says what came of every expectation.
 *
 * @param text   YAML or JSON, as `scenario.schema.json` says
 * @param policy decides instead of the scenario's own `policy`, which may then be left out
 * @throws {ScenarioInvalid}
 */
export function playScenario(text: string, policy?: PolicyDocument): ScenarioResult {
  const { tree, problems } = readTree(text)
  if (!tree) throw new ScenarioInvalid(problems.list())
  checkShape(tree, problems, scenarioSchema)
  const root = rootPlace(tree)
  const own = fieldOf(root, 'policy')
  if (own) checkMeaning(own, problems)
  else if (!policy) problems.add(0, '', '`policy` is missing', 'add `policy`, or give one')
  throwIfAny(problems)
  // INVARIANT: no problem means that what is there has the shape of a policy.
  const document = policy ?? (toValue((own ?? root).tree) as PolicyDocument)
  const world = worldOf(root, document, problems)
  const player = new Player(world, problems)
  const checks = [
    ...itemsOf(fieldOf(root, 'assertions')).flatMap((assertion) => player.play(assertion)),
    ...player.matrix(fieldOf(root, 'matrix'), root),
  ]
  throwIfAny(problems)
  return { name: textOf(fieldOf(root, 'name')) ?? '', checks }
}

function throwIfAny(problems: Problems): void {
  const all = problems.list()
  if (all.length > 0) throw new ScenarioInvalid(all)
}

/** Asks about one action; `who` and `where` as questions name them. */
type Asker = { readonly who: string; readonly where: string; ask(action: string): Decision }

class Player {
  readonly #world: World
  readonly #problems: Problems

  constructor(world: World, problems: Problems) {
    this.#world = world
    this.#problems = problems
  }

  play(assertion: Place): readonly ScenarioCheck[] {
    const world = atInstant(this.#world, instantOf(fieldOf(assertion, 'at'), this.#problems))
    const asker = this.#asker(assertion, world)
    if (!asker) {
      const message = 'the assertion does not say who asks'
      const remedy =
        'give `subject` and one of `on` and `of`, or `channel` and one of `key` and `token`'
      this.#problems.add(assertion.at, assertion.path, message, remedy)
      return []
    }
    const name = textOf(fieldOf(assertion, 'name'))
    const checks = [
      ...textsOf(fieldOf(assertion, 'can')).map((item) => this.#can(item, asker, assertion, true)),
      ...textsOf(fieldOf(assertion, 'cannot')).map((item) =>
        this.#can(item, asker, assertion, false),
      ),
      ...this.#receives(assertion, world),
    ]
    return name === undefined ? checks : checks.map((check) => ({ ...check, name }))
  }

  matrix(place: Place | undefined, root: Place): readonly ScenarioCheck[] {
    const operation = textOf(fieldOf(place, 'operation')) ?? ''
    const keys = fieldsOf(fieldOf(root, 'keys')).map(({ key }) => key as KeyId)
    return fieldsOf(fieldOf(place, 'rows')).map((row) => {
      const expected = textsOf(row).map(({ text }) => text)
      const covering = keys.filter(
        (key) => authorize(this.#world, { kind: 'key', key }, operation, row.key).allowed,
      )
      return {
        ...this.#problems.place(row.keyAt),
        question: `which keys may ${quote(operation)} on ${quote(row.key)}`,
        expected: expected.join(', ') || 'none',
        actual: covering.join(', ') || 'none',
        passed: JSON.stringify([...expected].sort()) === JSON.stringify([...covering].sort()),
      }
    })
  }

  #asker(assertion: Place, world: World): Asker | undefined {
    const about = aboutOf(assertion)
    const subject = textOf(fieldOf(assertion, 'subject')) as SubjectId | undefined
    const resource = textOf(fieldOf(assertion, 'on')) as ResourceId | undefined
    const type = textOf(fieldOf(assertion, 'of'))
    const inTenant = textOf(fieldOf(assertion, 'in')) as ResourceId | undefined
    const isStanding = plainOf(fieldOf(assertion, 'standing')) === true
    const more = {
      ...about,
      ...(isStanding && { standing: true as const }),
      ...(inTenant !== undefined && { inTenant }),
    }
    if (subject !== undefined && resource !== undefined) {
      const ask = (action: string) => decide(world, { subject, action, resource, ...more })
      return { who: subject, where: resource, ask }
    }
    if (subject !== undefined && type !== undefined) {
      const ask = (action: string) => decideOfType(world, { subject, action, type, ...more })
      return { who: subject, where: `any ${type}`, ask }
    }
    const channel = textOf(fieldOf(assertion, 'channel'))
    const credential = this.#credential(assertion)
    if (channel === undefined || !credential) return undefined
    const asked = Object.keys(about).length > 0 ? about : undefined
    const ask = (action: string) => authorize(world, credential, action, channel, asked)
    const who = credential.kind === 'key' ? credential.key : (credential.subject ?? 'a token')
    return { who, where: channel, ask }
  }

  #credential(assertion: Place): Credential | undefined {
    const key = textOf(fieldOf(assertion, 'key'))
    if (key !== undefined) return { kind: 'key', key: key as KeyId }
    const token = fieldOf(assertion, 'token')
    const signer = textOf(fieldOf(token, 'key'))
    const capability = capabilityOf(fieldOf(token, 'capability'), this.#problems)
    if (signer === undefined || !capability) return undefined
    const subject = textOf(fieldOf(token, 'subject')) as SubjectId | undefined
    return {
      kind: 'token',
      key: signer as KeyId,
      capability,
      ...(subject !== undefined && { subject }),
    }
  }

  #can(
    item: Place & { readonly text: string },
    asker: Asker,
    assertion: Place,
    isAllowed: boolean,
  ): ScenarioCheck {
    const decision = asker.ask(item.text)
    const because = textOf(fieldOf(assertion, 'because'))
    const rule = textOf(fieldOf(assertion, 'rule'))
    const conditional = plainOf(fieldOf(assertion, 'conditional'))
    const fits = (reason: Reason) =>
      (because === undefined || reason.kind === because) &&
      (rule === undefined || ('rule' in reason && reason.rule === rule))
    const isReasonRight =
      (isAllowed && rule === undefined && because === undefined) || decision.reasons.some(fits)
    const isConditionRight =
      conditional === undefined || (decision.conditional ?? false) === conditional
    return {
      ...this.#problems.place(item.at),
      question: `may ${quote(asker.who)} ${quote(item.text)} on ${quote(asker.where)}`,
      expected: [isAllowed ? 'yes' : 'no', because, rule, conditional && 'conditional']
        .filter((word) => typeof word === 'string')
        .join(', '),
      actual: actualText(decision),
      passed: decision.allowed === isAllowed && isReasonRight && isConditionRight,
    }
  }

  #receives(assertion: Place, world: World): readonly ScenarioCheck[] {
    const place = fieldOf(assertion, 'receives')
    const subject = textOf(fieldOf(assertion, 'subject')) as SubjectId | undefined
    const resource = textOf(fieldOf(assertion, 'on')) as ResourceId | undefined
    const after = aboutOf(assertion).message?.after
    if (!place) return []
    if (subject === undefined || resource === undefined || !after) {
      const remedy = 'give `subject`, `on` and `message.after`'
      this.#problems.add(place.at, place.path, '`receives` asks about nothing', remedy)
      return []
    }
    const expected = plainOf(place) === true
    const actual = mayReceive(world, subject, resource, after)
    return [
      {
        ...this.#problems.place(place.at),
        question: `does ${quote(subject)} receive this message on ${quote(resource)}`,
        expected: expected ? 'yes' : 'no',
        actual: actual ? 'yes' : 'no',
        passed: actual === expected,
      },
    ]
  }
}

function plainOf(place: Place | undefined): unknown {
  return place && toValue(place.tree)
}

function aboutOf(assertion: Place): About {
  const message = fieldOf(assertion, 'message')
  const context = plainOf(fieldOf(assertion, 'context')) as Attributes | undefined
  return {
    ...(message && { message: messageOf(message) }),
    ...(context && { context }),
  }
}

function messageOf(message: Place): MessageChange {
  return { before: stateOf(fieldOf(message, 'before')), after: stateOf(fieldOf(message, 'after')) }
}

function stateOf(place: Place | undefined): MessageState | null {
  const state = plainOf(place) as Partial<MessageState> | null | undefined
  return state ? { name: '', clientId: '', headers: {}, data: null, ...state } : null
}

function actualText({ allowed, reasons, conditional }: Decision): string {
  const words = reasons.map((reason) =>
    [
      reason.kind,
      'rule' in reason ? reason.rule : undefined,
      'error' in reason && reason.error !== undefined ? `(${reason.error})` : undefined,
      reason.kind === 'message_invalid' ? `${reason.path}: ${reason.message}` : undefined,
    ]
      .filter((word) => word !== undefined)
      .join(' '),
  )
  return [allowed ? 'yes' : 'no', ...words, ...(conditional ? ['conditional'] : [])].join(', ')
}
