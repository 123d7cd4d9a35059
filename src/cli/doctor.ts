import { createStyle } from '../report/style.ts'
import { formatPlural } from '../report/quantities.ts'
import type { Command, CommandLine } from './command.ts'
import { chooseFile, compileOrComplain } from './compile-file.ts'
import { complain } from './complain.ts'
import type { Finding } from './examine-plan.ts'
import type { ExitCode } from './exit-code.ts'
import type { Surroundings } from './surroundings.ts'

/** `orchestrator doctor FILE`. */
export const doctorCommand: Command = {
  name: 'doctor',
  about: 'say what an orchestration file needs on this machine, and what of it lacks',
  usage: ['[FILE] [OPTIONS]'],
  maxOperands: 1,
  options: {
    simulate: { about: 'as for `run --simulate`: keys of providers are not needed' },
    json: { about: 'print a JSON array' },
  },
  notes: [
    'Looks at programs, keys, secrets, files and git. Exit code 1 when something lacks, 2 when the file is wrong.',
  ],
  examples: [
    ['orchestrator doctor', 'of .github/orchestrator.yml'],
    ['orchestrator doctor ci.yml --simulate', 'without keys'],
  ],
  run: examine,
}

async function examine(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') {
    complain(around, path)
    return 2
  }
  const compiled = await compileOrComplain(path, around)
  if (compiled?.plan === undefined) return 2
  const { examinePlan } = await import('./examine-plan.ts')
  const findings = await examinePlan(compiled.plan, { simulated: line.has('simulate') }, around)
  if (line.has('json')) around.out.write(`${JSON.stringify(findings, null, 2)}\n`)
  else around.out.write(renderFindings(path, findings, around))
  return findings.some((finding) => finding.state === 'lacking') ? 1 : 0
}

function renderFindings(path: string, findings: readonly Finding[], around: Surroundings): string {
  const style = createStyle(around.out.colour)
  const lines = findings.map(({ state, what, detail, fix, wantedBy }) => {
    const sign = state === 'fine' ? style.green('✓') : state === 'lacking' ? style.red('✗') : style.yellow('!')
    const who = state === 'fine' || wantedBy.length === 0 ? '' : ` ${style.dim(`(${listOf(wantedBy)})`)}`
    const hint = fix === undefined || state === 'fine' ? '' : `\n    ${style.green('fix')}: ${fix}`
    return `${sign} ${style.bold(what)}${detail === '' ? '' : `: ${detail}`}${who}${hint}`
  })
  const lacking = findings.filter((finding) => finding.state === 'lacking').length
  const verdict =
    lacking === 0
      ? style.green(`${path} can run here`)
      : style.red(`${path} cannot run here: ${formatPlural(lacking, 'thing')} lacking`)
  return `${lines.join('\n')}\n\n${verdict}\n`
}

function listOf(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
