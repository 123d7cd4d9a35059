import { definitionsOf } from '../core/definitions.ts'
import type { Bus } from '../journal/bus.ts'
import type { RunDirectory } from '../journal/run-directory.ts'
import { commonEnvironment } from '../agents/environment.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { RunOutcomes } from './outcome-cache.ts'
import type { RunOptions } from './run-options.ts'

/** Where there is no place for outcomes: `cache explain` says so. */
const nowhere: RunOutcomes = {
  find: ({ id, attempt }) => {
    const why = 'there is no cache directory of this user that can be written'
    return Promise.resolve({
      missed: { type: 'instance.missed', id, attempt, key: null, against: null, differs: [], why },
    })
  },
  reporter: { name: 'outcomes' },
  close: () => Promise.resolve(),
}

/** The outcomes of earlier runs, where an instance has a cache and there is a place for them; else nothing of it is loaded. */
export async function outcomesFor(
  options: RunOptions,
  root: string,
  directory: RunDirectory,
  bus: () => Bus<ReportModel>,
): Promise<RunOutcomes | undefined> {
  const { plan, outcomes, workspace, trust, simulation, environment } = options
  if (outcomes === undefined || ![...definitionsOf(plan.instances)].some(({ definition }) => definition.cache)) return
  const place = await outcomes()
  if (place === undefined) return nowhere
  const { openOutcomes } = await import('./outcome-cache.ts')
  return openOutcomes({
    place,
    runId: directory.id,
    runDirectory: directory.path,
    workspace,
    root,
    plan,
    trust,
    simulation,
    env: commonEnvironment(environment),
    state: () => bus().state,
    note: (event) => void bus().record(event),
    now: Date.now,
  })
}
