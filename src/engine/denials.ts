/** Reasons for which work that should have been done was not. */
export const denials: ReadonlySet<string> = new Set(['budget', 'quota', 'auth'])
