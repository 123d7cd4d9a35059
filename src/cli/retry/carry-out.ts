import { messageOf } from '../../core/message-of.ts'
import { plainLine } from '../../core/plain-text.ts'
import type { InstanceState, RunState } from '../../core/run-state.ts'
import type { TimedEvent } from '../../journal/known-node.ts'
import { noticeOfUncounted } from '../../run/uncounted.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { newestRun } from '../find-run.ts'
import { readGivenInputs } from '../given-inputs.ts'
import type { ResumableRun } from '../run/earlier-run.ts'
import { readMaxParallel } from '../run/max-parallel.ts'
import { goOnWith } from '../run/resume-run.ts'
import type { Surroundings } from '../surroundings.ts'
import { chooseRetried } from './choose-retried.ts'

/** What `orchestrator retry` does. */
export async function retryInstances(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const maxParallel = readMaxParallel(line.value('max-parallel'))
  if (typeof maxParallel === 'object') return refuse(around, maxParallel)
  const given = readGivenInputs(line)
  if ('mistake' in given) return refuse(around, given)
  if (line.has('again') && line.operands.length === 0)
    return refuse(around, { mistake: '--again needs the IDs of what to run again' })
  const run = line.value('run') ?? newestRun(around)
  return goOnWith(
    {
      line,
      run,
      given: given.inputs,
      file: undefined,
      maxParallel,
      choose: (earlier) => choose(earlier, line, around),
    },
    around,
  )
}

/** Writes the journal anew so that what was chosen, and what builds on it, is begun again; says what that is. */
async function choose(
  { state, directory }: ResumableRun,
  line: CommandLine,
  around: Surroundings,
): Promise<readonly string[] | { readonly code: ExitCode }> {
  const chosen = chooseRetried(line.operands, state, line.has('again'))
  if ('mistake' in chosen) return { code: refuse(around, chosen) }
  try {
    const { beginAgain, withoutEnds } = await import('../../journal/begin-again.ts')
    const mended = withoutEnds(directory.journalPath, chosen)
    const isDry = line.has('dry-run')
    const output = isDry ? around.out : around.err
    if (!line.has('quiet') || isDry)
      for (const [id, why] of mended.doubts)
        if (state.instances.get(id)?.instance.kind === 'process')
          output.write(`${plainLine(id)} ${isDry ? 'would run' : 'runs'} again: ${plainLine(why)}\n`)
    if (isDry) return { code: 0 }
    const gone = noticeOfUncounted(findGone(state, mended.events), 'which are made again')
    if (gone !== undefined) around.err.write(`${gone.message}.\n`)
    const told = gone === undefined ? [] : [{ event: gone, at: state.at }]
    await beginAgain(directory.journalPath, [...mended.events, ...told])
    return [...mended.doubts.keys()]
  } catch (error) {
    return { code: refuse(around, { mistake: `cannot write the journal: ${messageOf(error)}` }) }
  }
}

/** The cells of a matrix, and the rounds of a loop, that the journal does not have any more. */
function findGone({ instances }: RunState, events: readonly TimedEvent[]): InstanceState[] {
  const known = new Set(
    events
      .flatMap(({ event }) => {
        if (event.type === 'run.started') return event.plan.instances
        return event.type === 'plan.expanded' ? event.instances : []
      })
      .map(({ id }) => id),
  )
  return [...instances.values()].filter(({ instance }) => !known.has(instance.id))
}
