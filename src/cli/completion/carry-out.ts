import type { CarryOut } from '../command.ts'
import { refuse } from '../complain.ts'
import { quoted } from '../parse-arguments.ts'
import { completionScripts, type Completed } from './scripts.ts'

/** What `orchestrator completion` does, for these commands. */
export const createPrinter =
  (commands: readonly Completed[]): CarryOut =>
  async (line, around) => {
    const [shell] = line.operands
    const write = Object.entries(completionScripts).find(([name]) => name === shell)?.[1]
    if (write === undefined) {
      return refuse(around, {
        mistake: shell === undefined ? 'no shell was named' : `there is no completion for ${quoted(shell)}`,
        hint: `one of ${Object.keys(completionScripts).join(', ')}`,
      })
    }
    around.out.write(write(commands))
    return 0
  }
