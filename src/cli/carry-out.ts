import type { CommandLine } from './command.ts'
import type { ExitCode } from './exit-code.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Does the work of a command. The bundler puts what CI does all day into one file (`eager`): reading many small ones costs more than
 * it spares. Only what is asked for is evaluated.
 */
export async function carryOut(name: string, line: CommandLine, around: Surroundings): Promise<ExitCode> {
  switch (name) {
    case 'run':
      return (await import(/* webpackMode: "eager" */ './run-file.ts')).runFile(line, around)
    case 'check':
      return (await import(/* webpackMode: "eager" */ './check-files.ts')).checkFiles(line, around)
    case 'plan':
      return (await import('./show-plan.ts')).showPlan(line, around)
    case 'once':
      return (await import('./run-once.ts')).runOnce(line, around)
    case 'report':
      return (await import('./show-run.ts')).showRun(line, around)
    case 'doctor':
      return (await import('./examine-file.ts')).examine(line, around)
    case 'runtimes':
      return (await import('./list-runtimes.ts')).listRuntimes(line, around)
    case 'import':
      return (await import('./import-foreign.ts')).importForeign(line, around)
    default:
      throw new Error(`nothing does the work of ${name}`)
  }
}
