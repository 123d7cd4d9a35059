import { createStyle } from '../report/style.ts'
import type { Surroundings } from './surroundings.ts'
import type { Refusal } from '../core/refusal.ts'

/** Says on standard error what is wrong and what would be right. */
export function complain(around: Surroundings, { mistake, hint }: Refusal): void {
  const style = createStyle(around.err.colour)
  around.err.write(`${style.red('error')}: ${mistake}\n`)
  if (hint !== undefined) around.err.write(`       ${style.green('hint')}: ${hint}\n`)
}

/** Says why nothing is done; the exit code of that. */
export function refuse(around: Surroundings, refusal: Refusal): 2 {
  complain(around, refusal)
  return 2
}
