/** Why something the user asked for is not done, and what would be right. */
export interface Refusal {
  readonly mistake: string
  readonly hint?: string
}

/** The same from where only an exception gets out. Its message is for the user; it is no bug. */
export class RefusalError extends Error {
  override readonly name: string = 'RefusalError'
  readonly hint: string | undefined

  constructor(mistake: string, hint?: string) {
    super(mistake)
    this.hint = hint
  }
}

/** What an exception refuses; `hint` where it has none. */
export function refusalOf(error: RefusalError, hint = error.hint): Refusal {
  return { mistake: error.message, ...(hint !== undefined && { hint }) }
}
