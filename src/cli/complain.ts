import { createStyle } from '../report/style.ts'
import type { UsageMistake } from './parse-arguments.ts'
import type { Surroundings } from './surroundings.ts'

/** Says on standard error what is wrong and what would be right. */
export function complain(around: Surroundings, { mistake, hint }: UsageMistake): void {
  const style = createStyle(around.err.colour)
  around.err.write(`${style.red('error')}: ${mistake}\n`)
  if (hint !== undefined) around.err.write(`       ${style.green('hint')}: ${hint}\n`)
}
