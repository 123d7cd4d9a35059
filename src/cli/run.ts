import { closestName } from '../expression/closest-name.ts'
import type { Plan } from '../core/plan.ts'
import type { Command, CommandLine, Option } from './command.ts'
import { chooseFile, compileOrComplain } from './compile-file.ts'
import { complain } from './complain.ts'
import type { ExitCode } from './exit-code.ts'
import { quoted, type UsageMistake } from './parse-arguments.ts'
import { readSimulation, simulateOption } from './read-simulation.ts'
import { runPlan } from './run-plan.ts'
import type { Surroundings } from './surroundings.ts'

/** Options that `run` and `once` share. */
export const runOptions: Readonly<Record<string, Option>> = {
  'run-dir': { value: 'DIR', about: 'put the run directory there instead of .orchestrator/<start>-<id>' },
  simulate: simulateOption,
  json: { about: 'print run.json to standard output at the end, progress to standard error' },
  quiet: { short: 'q', about: 'no progress, only failures and the result' },
}

/** `orchestrator run FILE`. */
export const runCommand: Command = {
  name: 'run',
  about: 'run an orchestration file',
  usage: ['[FILE] [OPTIONS]', '--resume RUN_DIR [--force]'],
  maxOperands: 1,
  options: {
    input: { value: 'k=v', short: 'i', repeatable: true, about: 'an input of the file' },
    only: { value: 'ID', repeatable: true, about: 'run just this instance and what it needs' },
    'max-parallel': { value: 'N', short: 'j', about: 'at most N instances at a time' },
    ...runOptions,
    resume: { value: 'RUN_DIR', about: 'go on with an earlier run: what succeeded is not run again' },
    force: { about: 'resume although the file, the inputs or the commit changed' },
  },
  notes: [
    'Without FILE, .github/orchestrator.yml or orchestrator.yml is run. Ctrl-C stops the run in order and reports; a second one kills.',
  ],
  examples: [
    ['orchestrator run ci.yml --input base=main', 'with an input'],
    ['orchestrator run ci.yml --only tests', 'one instance and what it needs'],
    ['orchestrator run ci.yml --simulate rules.yml', 'no key needed: answers come from rules.yml'],
    ['orchestrator run --resume .orchestrator/latest', 'go on after a crash or a failure'],
  ],
  run: runFile,
}

async function runFile(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const maxParallel = readMaxParallel(line.value('max-parallel'))
  if (typeof maxParallel === 'object') return refuse(around, maxParallel)
  const given = readInputs(line.values('input'))
  if ('mistake' in given) return refuse(around, given)
  if (line.has('resume')) {
    const { resumeRun } = await import('./resume-run.ts')
    return resumeRun(line, given.inputs, maxParallel, around)
  }
  if (line.has('force')) return refuse(around, { mistake: '--force goes with --resume' })
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') return refuse(around, path)
  const compiled = await compileOrComplain(path, around)
  if (compiled?.plan === undefined) return 2
  const { plan } = compiled
  const unknown = findUnknown(line.values('only'), plan)
  if (unknown !== undefined) return refuse(around, unknown)
  const { resolveInputs } = await import('../workflow/inputs.ts')
  const { inputs, problems } = resolveInputs(plan.inputs, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return 2
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  return runPlan(
    {
      plan,
      inputs,
      only: line.has('only') ? line.values('only') : null,
      maxParallel,
      runDirectory: line.value('run-dir'),
      simulation,
      quiet: line.has('quiet'),
      json: line.has('json'),
    },
    around,
  )
}

function refuse(around: Surroundings, mistake: UsageMistake): 2 {
  complain(around, mistake)
  return 2
}

function readMaxParallel(text: string | undefined): number | undefined | UsageMistake {
  if (text === undefined) return undefined
  const count = Number(text)
  return Number.isInteger(count) && count >= 1
    ? count
    : { mistake: `--max-parallel wants a whole number from 1, not ${quoted(text)}` }
}

function readInputs(given: readonly string[]): { readonly inputs: Record<string, string> } | UsageMistake {
  const entries: [string, string][] = []
  for (const text of given) {
    const at = text.indexOf('=')
    if (at < 1) return { mistake: `--input wants name=value, not ${quoted(text)}` }
    entries.push([text.slice(0, at), text.slice(at + 1)])
  }
  return { inputs: Object.fromEntries(entries) }
}

function findUnknown(only: readonly string[], plan: Plan): UsageMistake | undefined {
  const ids = plan.instances.filter((instance) => instance.kind !== 'gate').map((instance) => instance.id)
  const unknown = only.find((id) => !ids.includes(id))
  if (unknown === undefined) return undefined
  const meant = closestName(unknown, ids)
  return {
    mistake: `--only names ${quoted(unknown)}, which is no instance of this file`,
    hint: meant === undefined ? `instances are ${ids.slice(0, 12).join(', ')}` : `did you mean ${meant}?`,
  }
}
