import { closestName } from '../core/closest-name.ts'
import { version } from '../core/version.ts'
import { commandTable } from './command-table.ts'
import type { ExitCode } from './exit-code.ts'
import { complain, refuse } from './complain.ts'
import { parseArguments, quoted } from './parse-arguments.ts'
import { reportBug } from './report-bug.ts'
import { openSurroundings } from './open-surroundings.ts'
import type { Surroundings } from './surroundings.ts'

/** Runs the command line and says how it ended. */
async function runCommandLine(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const [name = '', ...rest] = args
  if (['version', '--version', '-v', '-V'].includes(name)) {
    around.out.write(`${version}\n`)
    return 0
  }
  if (name === '' || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    const { renderProgramHelp } = await import('./help-text.ts')
    const output = name === '' ? around.err : around.out
    output.write(renderProgramHelp(output.colour))
    return name === '' ? 2 : 0
  }
  const wanted = name === 'help' ? (rest[0] ?? '') : name
  const command = commandTable.find((known) => known.name === wanted)
  if (command === undefined) {
    const names = [...commandTable.map((known) => known.name), 'help', 'version']
    const meant = closestName(wanted, names)
    const isFile = /\.ya?ml$/.test(wanted)
    return refuse(around, {
      mistake: `unknown command ${quoted(wanted)}`,
      hint: isFile
        ? `orchestrator run ${quoted(wanted)}`
        : meant === undefined
          ? `commands are ${names.join(', ')}`
          : `did you mean ${meant}?`,
    })
  }
  const line = parseArguments(command, name === 'help' ? ['--help'] : rest)
  if ('mistake' in line) return refuse(around, { hint: `orchestrator ${command.name} --help`, ...line })
  if (line.has('help')) {
    const { renderCommandHelp } = await import('./help-text.ts')
    around.out.write(renderCommandHelp(command, around.out.colour))
    return 0
  }
  const carryOut = await command.load()
  return carryOut(line, around)
}

try {
  process.cwd()
} catch {
  process.stderr.write('error: the current directory no longer exists\n')
  process.exit(2)
}
const { surroundings, activeRun, flush } = openSurroundings(process, Date.now)
const dieOfBug = (error: unknown): void => {
  process.exit(reportBug(error, activeRun(), surroundings))
}
process.on('uncaughtException', dieOfBug)
process.on('unhandledRejection', dieOfBug)
try {
  const code = await runCommandLine(process.argv.slice(2), surroundings)
  const lost = await flush()
  if (lost !== undefined) {
    complain(surroundings, { mistake: `standard output is incomplete: ${lost}` })
    await flush()
  }
  process.exit(lost === undefined || code !== 0 ? code : 1)
} catch (error) {
  dieOfBug(error)
}
