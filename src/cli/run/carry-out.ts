import { readNamedText } from '../../process/read-named-file.ts'
import { resolve } from 'node:path'
import { tuneForFile } from '../tune-for-file.ts'
import { resolveInputs } from '../../workflow/inputs.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { readGivenInputs } from '../given-inputs.ts'
import { quoted } from '../parse-arguments.ts'
import type { AskedShard } from '../open-shard.ts'
import { readOnly } from '../read-only.ts'
import { readSimulation } from '../read-simulation.ts'
import { runPlan, type RunRequest } from '../run-plan.ts'
import { readDeskContext } from './desk-context.ts'
import { readMaxParallel } from './max-parallel.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Refusal } from '../../core/refusal.ts'

/** What `orchestrator run` does. */
export async function runFile(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const maxParallel = readMaxParallel(line.value('max-parallel'))
  if (typeof maxParallel === 'object') return refuse(around, maxParallel)
  const given = readGivenInputs(line)
  if ('mistake' in given) return refuse(around, given)
  if (line.has('resume')) {
    const { resumeRun } = await import('./resume-run.ts')
    return resumeRun(line, given.inputs, maxParallel, around)
  }
  for (const option of ['force', 'salvage'])
    if (line.has(option)) return refuse(around, { mistake: `--${option} goes with --resume` })
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') return refuse(around, path)
  tuneForFile(resolve(around.root, path), around)
  const compiled = await compileOrComplain(path, around, given.inputs)
  if (compiled?.plan === undefined) {
    if (line.value('simulate') === '' && holdsRules(resolve(around.root, path)))
      return refuse(around, {
        mistake: `${path} was read as the file to run, and holds rules for --simulate`,
        hint: `name both: orchestrator run FILE --simulate ${quoted(path)}`,
      })
    return 2
  }
  const { plan } = compiled
  const only = readOnly(line, plan)
  if (only !== null && 'mistake' in only) return refuse(around, only)
  const { inputs, problems } = resolveInputs(plan.inputs, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return 2
  const context = readDeskContext(line.value('event'), around)
  if ('mistake' in context) return refuse(around, context)
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  if (line.has('dry-run')) {
    const { showDryRun } = await import('../dry-run.ts')
    return showDryRun(plan, only, around)
  }
  const part = await readPart(
    { plan, inputs, simulated: simulation !== undefined, github: context.github },
    only,
    line,
    around,
  )
  if ('mistake' in part) return refuse(around, part)
  return runPlan(
    {
      ...part,
      inputs,
      maxParallel,
      workspace: around.root,
      context,
      base: line.value('base'),
      runDirectory: line.value('run-dir'),
      record: line.value('record'),
      simulation,
      quiet: line.has('quiet'),
      verbose: line.has('verbose'),
      noCache: line.has('no-cache'),
      json: line.has('json'),
    },
    around,
  )
}

function holdsRules(path: string): boolean {
  return /^rules:/m.test(readNamedText(path) ?? '')
}

/** What of the plan is run: all of it or what is named, or, as a shard, what is named and nothing else. */
async function readPart(
  asked: Omit<AskedShard, 'name' | 'only'>,
  only: readonly string[] | null,
  line: CommandLine,
  around: Surroundings,
): Promise<Pick<RunRequest, 'plan' | 'only' | 'shard'> | Refusal> {
  const name = line.value('shard')
  if (name === undefined) {
    const stray = ['fragments', 'budget'].find((option) => line.has(option))
    return stray === undefined ? { plan: asked.plan, only } : { mistake: `--${stray} goes with --shard` }
  }
  if (only === null) return { mistake: '--shard goes with --only: what does it run?' }
  const { readShard } = await import('../open-shard.ts')
  const opened = readShard({ ...asked, name, only }, line, around)
  return 'mistake' in opened ? opened : { ...opened, only: null }
}
