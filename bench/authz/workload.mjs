// The chat workload every adapter answers: who may do what in a hall, from roles in the hall, roles in the guild it belongs
// to, an attribute, authorship and a ban. Seeded, so that every run asks the same questions of the same facts.
//
//   keeper  : see, say, erase, bar; amend their own         warden of the guild: keeper of all its halls
//   talker  : see, say; amend their own                     resident of the guild: talker of its halls that are not closed
//   barred  : nothing, whatever else they hold

export const ACTIONS = ['see', 'say', 'amend', 'erase', 'bar']
const KEEPER = new Set(['see', 'say', 'erase', 'bar'])
const TALKER = new Set(['see', 'say'])
const HALLS_EACH = 25
const GUILDS_EACH = 3
const HALL_ROLES_EACH = 10

/** The same numbers in every run (mulberry32). */
export function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const guildOf = (hall) => Math.floor(hall / HALLS_EACH)

/** Facts as numbers: `[person, role, place]`. */
export function factsOf(people, guilds) {
  const random = seeded(20_261_122)
  const below = (limit) => Math.floor(random() * limit)
  const halls = guilds * HALLS_EACH
  const isClosed = Uint8Array.from({ length: halls }, () => (random() < 0.3 ? 1 : 0))
  const guildRoles = []
  const hallRoles = []
  for (let person = 0; person < people; person += 1) {
    const mine = new Set()
    while (mine.size < GUILDS_EACH) mine.add(below(guilds))
    for (const guild of mine) {
      guildRoles.push([person, random() < 0.05 ? 'warden' : 'resident', guild])
    }
    hallRoles.push(...hallRolesOf(person, [...mine], random, below))
  }
  return { people, guilds, halls, isClosed, guildRoles, hallRoles }
}

function hallRolesOf(person, places, random, below) {
  const roles = new Map()
  for (let n = 0; n < HALL_ROLES_EACH; n += 1) {
    const hall = places[below(places.length)] * HALLS_EACH + below(HALLS_EACH)
    if (roles.has(hall)) continue
    const x = random()
    roles.set(hall, [person, x < 0.08 ? 'barred' : x < 0.25 ? 'keeper' : 'talker', hall])
  }
  return [...roles.values()]
}

/** Four in five about a guild the person is in. */
export function requestsOf(facts, count) {
  const random = seeded(11)
  const below = (limit) => Math.floor(random() * limit)
  const guilds = new Map()
  for (const [person, , guild] of facts.guildRoles) {
    const mine = guilds.get(person) ?? []
    mine.push(guild)
    guilds.set(person, mine)
  }
  return Array.from({ length: count }, () => {
    const person = below(facts.people)
    const mine = guilds.get(person)
    const guild = random() < 0.8 ? mine[below(mine.length)] : below(facts.guilds)
    const hall = guild * HALLS_EACH + below(HALLS_EACH)
    const author = random() < 0.5 ? person : below(facts.people)
    return { person, action: ACTIONS[below(ACTIONS.length)], hall, author }
  })
}

/** The answers, worked out in the plainest way; no adapter is timed before it agrees with this. */
export function oracleOf(facts) {
  const rolesBy = (list) => {
    const roles = new Map()
    for (const [person, role, place] of list) {
      const key = `${person} ${place}`
      roles.set(key, [...(roles.get(key) ?? []), role])
    }
    return (person, place) => roles.get(`${person} ${place}`) ?? []
  }
  const inGuild = rolesBy(facts.guildRoles)
  const inHall = rolesBy(facts.hallRoles)
  return ({ person, action, hall, author }) => {
    const roles = [...inHall(person, hall)]
    if (roles.includes('barred')) return false
    const above = inGuild(person, guildOf(hall))
    if (above.includes('warden')) roles.push('keeper')
    if (above.includes('resident') && facts.isClosed[hall] === 0) roles.push('talker')
    const isKeeper = roles.includes('keeper')
    const isTalker = roles.includes('talker')
    if (action === 'amend') return (isKeeper || isTalker) && author === person
    return (isKeeper && KEEPER.has(action)) || (isTalker && TALKER.has(action))
  }
}
