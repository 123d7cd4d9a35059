import type { ReportSettings } from '../core/plan.ts'
import { createApi, type Api, type RequestCount } from '../github/api.ts'
import { readContext, type Environment, type GithubContext } from '../github/context.ts'
import { createFileCommands, type FileCommands } from '../github/file-commands.ts'
import { inputVariable, type ActionInputs } from '../github/inputs.ts'
import type { StepReporting } from '../github/step-reporting.ts'
import { createWorkflowCommands, type WorkflowCommands } from '../github/workflow-commands.ts'
import { unguessable } from '../process/unguessable.ts'
import type { ConsoleOptions } from '../report/console-options.ts'

/** What `main` and `post` of the action both stand on. */
export interface ActionStep {
  readonly environment: Environment
  readonly commands: WorkflowCommands
  readonly files: FileCommands
  readonly context: GithubContext
  /** Of all that is asked of GitHub. */
  readonly requests: RequestCount
}

/** Name under which `main` says that nothing is left to do, by a word that no process of the run can say. */
export const reportedState = 'reported'

/** Name under which `main` leaves the run directory to `post`. */
export const runDirectoryState = 'runDirectory'

/** The runner's ways in and out of this process, opened once: what is printed waits for the end of its line. */
export type Runner = Omit<ActionStep, 'context' | 'requests'>

/** Opens them. */
export function openCommands(environment: Environment): Runner {
  const commands = createWorkflowCommands((text) => process.stdout.write(text), unguessable)
  const paths = {
    output: environment['GITHUB_OUTPUT'] || undefined,
    state: environment['GITHUB_STATE'] || undefined,
    summary: environment['GITHUB_STEP_SUMMARY'] || undefined,
    others: {
      GITHUB_ENV: environment['GITHUB_ENV'] || undefined,
      GITHUB_PATH: environment['GITHUB_PATH'] || undefined,
    },
  }
  return { environment, commands, files: createFileCommands(paths, unguessable) }
}

/** The step with its surroundings; throws ContextError. */
export function openStep(runner: Runner): ActionStep {
  return { ...runner, context: readContext(runner.environment, process.cwd()), requests: { made: 0 } }
}

/** A client that is made when first asked for; undefined without a token. */
export function lazyApi({ context, requests }: ActionStep, token: string): (() => Promise<Api>) | undefined {
  if (token === '') return undefined
  let api: Promise<Api> | undefined
  return () => (api ??= createApi({ apiUrl: context.apiUrl, token, requests }))
}

/** What the reporters of a run in this directory find. */
export function reportingOf(
  step: ActionStep,
  inputs: ActionInputs,
  settings: ReportSettings,
  directory: string,
  console?: ConsoleOptions,
): StepReporting {
  const { context, commands, files, environment } = step
  const has = (name: string): boolean => (environment[name] ?? '') !== ''
  return {
    directory,
    settings,
    console,
    debug: debugOf(step),
    inputs,
    context,
    commands,
    files,
    offers: { summary: has('GITHUB_STEP_SUMMARY'), artifacts: has('ACTIONS_RESULTS_URL') },
    connect: lazyApi(step, inputs.token),
    requests: step.requests,
    between: { unshown: [] },
  }
}

/** Where decisions are explained: in the runner's debug log, or in the log itself where only we were asked to. */
function debugOf({ environment, commands }: ActionStep): StepReporting['debug'] {
  if (environment['RUNNER_DEBUG'] === '1') return (line) => commands.debug(line)
  return environment['ORCHESTRATOR_DEBUG'] === '1' ? (line) => commands.print(`debug: ${line}\n`) : undefined
}

/** Says what could not be delivered: a warning each, or one for all where the runner shows no more; the run's result stays. */
export function warnOfFailedReports(
  commands: WorkflowCommands,
  failed: Iterable<{ readonly reporter: string; readonly detail: string }>,
): void {
  const all = [...failed]
  if (all.length > 1 && all.length > commands.room('warning')) {
    const details = all.map(({ reporter, detail }) => `${reporter}: ${detail}`).join('\n')
    commands.annotate('warning', details, { title: `${all.length} reports were not delivered` })
  } else
    for (const { reporter, detail } of all)
      commands.annotate('warning', detail, { title: `The report "${reporter}" was not delivered` })
}

/** Credentials that are the action's own, not the orchestration file's. */
export function ownSecrets(environment: Environment, token: string): string[] {
  return [
    token,
    environment['ACTIONS_RUNTIME_TOKEN'] ?? '',
    environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
  ].filter((value) => value !== '')
}

/**
 * What the journal of this step is sealed with. The key is made of credentials that `main` and `post` are given and no process of a run is;
 * undefined where there are none. What it is about holds the event, whose file any process of the runner's user can write to.
 */
export function sealOf({ environment, context }: ActionStep): { key: string; about: string } | undefined {
  const key = [environment['ACTIONS_RUNTIME_TOKEN'], environment[inputVariable('github-token')]].join('\n')
  if (key === '\n') return undefined
  const { runId, runAttempt, job, payload } = context
  const about = JSON.stringify([runId, runAttempt, job, environment['GITHUB_ACTION'] ?? '', payload])
  return { key, about }
}

/** The log of the step: plain lines. */
export function consoleOf(commands: WorkflowCommands): ConsoleOptions {
  return { write: (text) => commands.print(text), interactive: false, columns: () => 120, quiet: false }
}
