/** A message for the user: what changed cannot be told. `hint` says what to do. */
export class ChangesError extends Error {
  override readonly name = 'ChangesError'
  readonly hint: string

  constructor(why: string, hint: string) {
    super(`cannot tell what changed: ${why}`)
    this.hint = hint
  }
}
