import { RefusalError } from './refusal.ts'

/** What changed cannot be told. `hint` says what to do. */
export class ChangesError extends RefusalError {
  override readonly name = 'ChangesError'
  declare readonly hint: string

  constructor(why: string, hint: string) {
    super(`cannot tell what changed: ${why}`, hint)
  }
}
