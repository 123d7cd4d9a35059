import { createStyle } from '../../report/style.ts'
import { fitToWidth } from '../../report/text-width.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { probeRuntimes, type ProbedRuntime } from '../probe-runtimes.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator runtimes` does. */
export async function runtimes(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const [action] = line.operands
  if (action === undefined) return listRuntimes(line, around)
  if (action === 'test') return (await import('./test-runtime.ts')).testRuntime(line, around)
  if (action === 'lock') return (await import('./lock-runtimes.ts')).lockRuntimes(line, around)
  return refuse(around, { mistake: `there is no \`runtimes ${action}\``, hint: 'orchestrator runtimes --help' })
}

async function listRuntimes(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const probed = await probeRuntimes(around)
  if (line.has('json')) around.out.write(`${JSON.stringify(probed, null, 2)}\n`)
  else around.out.write(renderTable(probed, around))
  return 0
}

function renderTable(runtimes: readonly ProbedRuntime[], around: Surroundings): string {
  const style = createStyle(around.out.colour)
  const width = (pick: (runtime: ProbedRuntime) => string, title: string): number =>
    Math.max(title.length, ...runtimes.map((runtime) => pick(runtime).length)) + 2
  const names = width(({ name }) => name, 'Runtime')
  const versions = Math.min(40, width(versionOf, 'Version'))
  const header = `  ${fitToWidth('Runtime', names)}${fitToWidth('Kind', 9)}${fitToWidth('Version', versions)}Program`
  const rows = runtimes.map((runtime) => {
    const found = runtime.path !== null
    const sign = found ? style.green('✓') : runtime.available ? style.red('✗') : style.dim('–')
    const program =
      runtime.path ?? (runtime.available ? `${runtime.program} is not on the PATH` : 'not in this version')
    const version = fitToWidth(versionOf(runtime), versions)
    return `${sign} ${style.bold(fitToWidth(runtime.name, names))}${fitToWidth(runtime.kind, 9)}${version}${found ? program : style.dim(program)}`
  })
  return `${style.dim(header)}\n${rows.join('\n')}\n`
}

function versionOf({ version }: ProbedRuntime): string {
  return version ?? '–'
}
