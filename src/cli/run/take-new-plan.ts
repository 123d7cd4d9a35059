import { pickEnvironment } from '../../agents/environment.ts'
import type { RunStarted } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { messageOf } from '../../core/message-of.ts'
import { replanRun } from '../../run/replan.ts'
import { resolveInputs } from '../../workflow/inputs.ts'
import { compileOrComplain, pathFromRoot } from '../compile-file.ts'
import { complain } from '../complain.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Claim, ResumableRun } from './earlier-run.ts'

/** Gives an earlier run the file as it is now, and the inputs that are given again; says what is kept. False when it cannot. */
export async function takeNewPlan(run: ResumableRun, { given, file }: Claim, around: Surroundings): Promise<boolean> {
  const before = run.started
  const { source } = before.plan
  const path = file === undefined ? source?.path : pathFromRoot(file, around)
  const plan =
    path === undefined || source === null
      ? before.plan
      : (await compileOrComplain(path, around, { ...textsOf(before.context.inputs), ...given }))?.plan
  if (plan === undefined) return false
  const known = Object.entries(textsOf(before.context.inputs)).filter(([name]) => Object.hasOwn(plan.inputs, name))
  const { inputs, problems } = resolveInputs(plan.inputs, { ...Object.fromEntries(known), ...given })
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return false
  const looked = before.context.changes
  if (plan.changes !== undefined && (looked === undefined || (plan.changes === 'diff' && looked.diffFile === null))) {
    complain(around, {
      mistake: 'the file now depends on what changed, which was not determined when the run began',
      hint: 'start a new run',
    })
    return false
  }
  const ids = new Set(plan.instances.map(({ id }) => id))
  const after: RunStarted = {
    ...before,
    plan,
    context: {
      ...before.context,
      inputs,
      env: { ...pickEnvironment(around.environment, plan.stepEnv ?? []), ...plan.env },
      run: { ...before.context.run, name: plan.name },
    },
    only: before.only?.filter((id) => ids.has(id)) ?? null,
  }
  try {
    const { kept, again, gone } = await replanRun(run, {
      before,
      after,
      workspace: plan.source === null ? around.cwd : around.root,
      environment: around.environment,
    })
    const processes = plan.instances.filter(({ kind }) => kind === 'process')
    const count = (of: ReadonlySet<string>): number =>
      processes.filter(({ id }) => of.has(id) && run.state.instances.get(id)?.result === 'success').length
    around.err.write(
      `The edited file is run: ${count(kept)} succeeded and are kept, ${count(again)} succeeded and are run again.\n`,
    )
    if (gone !== undefined) around.err.write(`${gone}.\n`)
    return true
  } catch (error) {
    complain(around, { mistake: `cannot write the journal: ${messageOf(error)}` })
    return false
  }
}

/** Inputs as they would be given. */
function textsOf(inputs: JsonObject): Record<string, string> {
  const given = Object.entries(inputs).filter(([, value]) => value !== null)
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
