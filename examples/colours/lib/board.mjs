// What this example asks of Sayso: the roles of its four people, and what is ticked for whom.

const BOARD = 'board:colour'
export const COLOURS = ['red', 'green', 'blue']

/** Gives everybody the role of the users file; says nothing new when they have it. */
export async function seat(call, users) {
  const role = (user) =>
    user.role === 'administrator' ? 'tenant:default#administrator' : `${BOARD}#painter`
  await call('/changes', {
    changes: users.map((user) => ({ assign: `${role(user)}@user:${user.id}` })),
  })
}

/** May they tick? The policy says. */
export async function mayTick(call, user) {
  const question = { subject: `user:${user.id}`, action: 'tick', resource: BOARD }
  return (await call('/explain', question)).allowed
}

/** The colours each painter may set now, as the policy answers. */
export async function ticks(call, painters) {
  const rows = painters.map(async ({ id }) => {
    const answers = await Promise.all(COLOURS.map((colour) => mayPaint(call, id, colour)))
    return [id, COLOURS.filter((_, index) => answers[index])]
  })
  return Object.fromEntries(await Promise.all(rows))
}

async function mayPaint(call, id, colour) {
  const after = { name: 'paint', data: { colour } }
  const question = { subject: `user:${id}`, action: 'publish', resource: BOARD, message: { after } }
  return (await call('/explain', question)).allowed
}

/** Replaces the colours ticked for one person. It holds on every screen when this returns. */
export function tick(call, id, colours) {
  return call('/changes', { changes: [{ person: `user:${id}`, attributes: { colours } }] })
}
