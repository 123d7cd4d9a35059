import { resolve } from 'node:path'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { holdDirectory } from '../../process/hold.ts'
import { findRun, resolveRunDirectory } from '../find-run.ts'
import { readSimulation } from '../read-simulation.ts'
import { openEarlierRun, type ResumableRun } from './earlier-run.ts'
import { takeNewPlan } from './take-new-plan.ts'
import { runPlan } from '../run-plan.ts'
import type { Surroundings } from '../surroundings.ts'
import { messageOf } from '../../core/message-of.ts'
import { statIfThere } from '../../process/stat-if-there.ts'

/** What a command that goes on with an earlier run asks for. */
export interface ResumeRequest {
  readonly line: CommandLine
  /** The run: a directory or an id. */
  readonly run: string
  readonly given: Readonly<Record<string, string>>
  /** The file, if it is named again. */
  readonly file: string | undefined
  readonly maxParallel: number | undefined
  /** Chooses what runs again; it gives the ids that have another chance, or how the command ends without going on. Default: all that did not succeed. */
  readonly choose?: (run: ResumableRun) => Promise<readonly string[] | { readonly code: ExitCode }>
}

/** `orchestrator run --resume RUN`: goes on with the plan and the inputs its journal has. */
export async function resumeRun(
  line: CommandLine,
  given: Readonly<Record<string, string>>,
  maxParallel: number | undefined,
  around: Surroundings,
): Promise<ExitCode> {
  if (line.has('dry-run'))
    return refuse(around, {
      mistake: '--dry-run does not go with --resume',
      hint: 'orchestrator retry --dry-run --run RUN says what would run again',
    })
  for (const option of ['only', 'run-dir', 'event', 'base'])
    if (line.has(option))
      return refuse(around, { mistake: `--${option} does not go with --resume: the run keeps what it started with` })
  return goOnWith({ line, run: line.value('resume') ?? '', given, file: line.operands[0], maxParallel }, around)
}

/** Goes on with an earlier run while nobody else does. */
export async function goOnWith(request: ResumeRequest, around: Surroundings): Promise<ExitCode> {
  const { run } = request
  let directory: string
  let hold: ReturnType<typeof holdDirectory>
  try {
    directory = resolveRunDirectory(resolve(around.cwd, findRun(run, around)))
    if (statIfThere(directory)?.isDirectory() !== true)
      return refuse(around, { mistake: `there is no run directory ${run}`, hint: '`orchestrator runs` lists them' })
    hold = holdDirectory(directory)
  } catch (error) {
    return refuse(around, { mistake: `cannot use the run directory: ${messageOf(error)}` })
  }
  if ('heldBy' in hold)
    return refuse(around, {
      mistake: `this run is still in progress (process ${hold.heldBy})`,
      hint: `wait for it to end, or stop it; if it ran in a container that is gone, remove ${hold.file}`,
    })
  try {
    return await goOn(directory, request, around)
  } finally {
    hold.release()
  }
}

async function goOn(directory: string, request: ResumeRequest, around: Surroundings): Promise<ExitCode> {
  const { line, given, file, maxParallel, choose } = request
  const claim = { given, file, salvage: line.has('salvage') }
  let recovered = await openEarlierRun(directory, claim, around)
  if ('mistake' in recovered) return refuse(around, recovered)
  const { changed } = recovered
  if (changed.length > 0 && !line.has('force'))
    return refuse(around, {
      mistake: `${changed.join(', and ')} changed since the run began`,
      hint: 'start a new run, or add --force',
    })
  if (recovered.isEdited && !line.has('dry-run')) {
    if (!(await takeNewPlan(recovered, claim, around))) return 2
    recovered = await openEarlierRun(directory, { ...claim, salvage: false }, around)
    if ('mistake' in recovered) return refuse(around, recovered)
    recovered = { ...recovered, changed }
  }
  if (line.has('simulate') && !recovered.started.simulated)
    return refuse(around, { mistake: 'the run was not simulated: --simulate does not go with it' })
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  if (choose !== undefined) {
    const only = await choose(recovered)
    if ('code' in only) return only.code
    recovered = await openEarlierRun(directory, { ...claim, salvage: false }, around)
    if ('mistake' in recovered) return refuse(around, recovered)
    recovered = { ...recovered, changed, only }
  }
  const { state, started } = recovered
  if (state.ended?.result === 'success' && changed.length === 0) {
    const wrote = await (await import('./finish-reports.ts')).finishReports(recovered, around)
    around.err.write(
      `The run already succeeded; ${wrote ? 'its reports are written now' : 'nothing is left to run'}.\n`,
    )
    return 0
  }
  const rules = started.simulated ? (simulation ?? (await import('../../simulate/rules.ts')).defaultRules) : undefined
  return runPlan(
    {
      plan: started.plan,
      inputs: started.context.inputs,
      only: started.only,
      maxParallel,
      workspace: started.plan.source === null ? around.cwd : around.root,
      runDirectory: undefined,
      record: choose === undefined ? line.value('record') : undefined,
      simulation: rules,
      resume: recovered,
      quiet: line.has('quiet'),
      verbose: line.has('verbose'),
      noCache: line.has('no-cache'),
      json: line.has('json'),
    },
    around,
  )
}
