// Which decisions are logged: the words of the setting.

/** `refusals`: only those. `checks`: and every answer of the decision doors. `all`: and what is allowed on channels. */
export const DECISIONS_LOGGED = ['refusals', 'checks', 'all'] as const
export type DecisionsLogged = (typeof DECISIONS_LOGGED)[number]
