import { statSync } from 'node:fs'
import { readNamedText } from '../../process/read-named-file.ts'
import { resolve } from 'node:path'
import type { Plan } from '../../core/plan.ts'
import { leaveV8Alone, tuneForReading } from '../../run/tune-v8.ts'
import { closestName } from '../../core/closest-name.ts'
import { resolveInputs } from '../../workflow/inputs.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { readGivenInputs } from '../given-inputs.ts'
import { quoted } from '../parse-arguments.ts'
import { readSimulation } from '../read-simulation.ts'
import { runPlan } from '../run-plan.ts'
import { readDeskContext } from './desk-context.ts'
import { readMaxParallel } from './max-parallel.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Refusal } from '../../core/refusal.ts'

/** Bytes of a file that the shortest instance takes. */
const instanceBytes = 30

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
  const size = statSync(resolve(around.root, path), { throwIfNoEntry: false })?.size ?? 0
  if (around.environment['ORCHESTRATOR_NO_V8_TUNING'] === '1') leaveV8Alone()
  tuneForReading(size / instanceBytes)
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
  const unknown = findUnknown(line.values('only'), plan)
  if (unknown !== undefined) return refuse(around, unknown)
  const { inputs, problems } = resolveInputs(plan.inputs, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return 2
  const context = readDeskContext(line.value('event'), around)
  if ('mistake' in context) return refuse(around, context)
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  if (line.has('dry-run')) {
    const { showDryRun } = await import('../dry-run.ts')
    return showDryRun(plan, line.has('only') ? line.values('only') : null, around)
  }
  return runPlan(
    {
      plan,
      inputs,
      only: line.has('only') ? line.values('only') : null,
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

function findUnknown(only: readonly string[], plan: Plan): Refusal | undefined {
  const ids = plan.instances.filter((instance) => instance.kind !== 'gate').map((instance) => instance.id)
  const unknown = only.find((id) => !ids.includes(id))
  if (unknown === undefined) return undefined
  const meant = closestName(unknown, ids)
  return {
    mistake: `--only names ${quoted(unknown)}, which is not an instance of this file`,
    hint: meant === undefined ? `instances are ${ids.slice(0, 12).join(', ')}` : `did you mean ${meant}?`,
  }
}
