import type { Task } from '../../core/task.ts'
import { freeAccounting } from '../../core/usage.ts'
import type { AttemptDirectory, Parser } from '../agent.ts'
import { isWholeOutput, weighEvidence, wholeOutput } from '../evidence.ts'

/** The parser of plain programs: no line is looked at while they run; their answer is their standard output. */
export function commandParser(task: Task, directory: AttemptDirectory): Parser {
  return {
    wants: () => false,
    line: () => [],
    end: (exit) => {
      const parses = task.parse.kind !== 'none' || task.outputSchema !== undefined || task.expect.regex !== undefined
      const text = parses ? wholeOutput(exit, directory.stdoutFile) : exit.stdoutHead
      const place = { cwd: directory.cwd, answers: false }
      const isCut = !isWholeOutput(exit)
      const finding = { text, isCut, accounting: freeAccounting, model: null, session: null, denials: 0 }
      return weighEvidence(task, place, exit, finding)
    },
  }
}
