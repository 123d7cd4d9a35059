import type { Environment } from './context.ts'
import { shardName } from '../core/shard.ts'
import type { Allowed } from './trust.ts'

/** What the action is to do. */
export type Mode = 'run' | 'single' | 'check' | 'publish' | 'plan' | 'shard' | 'collect'

/** The action's inputs, checked and typed; see `action.yml` for what each means. */
export interface ActionInputs {
  readonly mode: Mode
  /** Paths of orchestration files relative to the workspace; more than one only in mode `check`. */
  readonly config: readonly string[]
  readonly single: SingleInputs
  /** Of modes `plan` and `shard`: as they are written, empty where they are not given. */
  readonly fanOut: FanOutInputs
  /** The YAML text of `inputs`, not parsed yet. */
  readonly inputsYaml: string
  /** Values that a command of the file's own gives its inputs, over those of `inputs`. */
  readonly commandInputs?: Readonly<Record<string, string>>
  /** Ids of instances to run; null runs all. */
  readonly only: readonly string[] | null
  readonly maxParallel: number | undefined
  /** Exact versions of runtimes, by name: `claude@2.1.332`. */
  readonly install: Readonly<Record<string, string>>
  /** Whether outcomes of earlier runs are taken, and kept for later ones. */
  readonly cache: boolean
  /** Whether a re-run of a workflow run goes on with what its attempt before has paid for. */
  readonly resume: boolean
  readonly token: string
  /** Whom the workflow lets cause runs with credentials. */
  readonly allowed: Allowed
  /** Undefined leaves it to the orchestration file. */
  readonly comment: 'sticky' | 'new' | 'none' | undefined
  /** Tells apart the comments of one job; by default the cell of its matrix. */
  readonly commentKey: string
  /** Of the job in its matrix, empty where it has none: what one cell has paid for is not another's. */
  readonly cell: string
  /** Undefined derives a name; null uploads nothing. */
  readonly artifactName: string | undefined | null
  /** True answers with the built-in rules, a path with those of a file. */
  readonly simulate: boolean | string
}

/** What mode `single` is made of: exactly one of `prompt` and `command`, and what an instance of a file may say besides. */
export interface SingleInputs {
  readonly prompt: string | undefined
  readonly command: string | undefined
  readonly runtime: string | undefined
  readonly model: string | undefined
  readonly safety: Safety | undefined
  readonly allowedTools: readonly string[]
  readonly timeoutMinutes: number | undefined
}

/** How a file is split, and which part of it this job runs. */
export interface FanOutInputs {
  readonly 'shard-by': string
  readonly 'max-shards': string
  readonly 'max-levels': string
  /** Name of the shard. */
  readonly shard: string
  /** Its part of the budget. */
  readonly budget: string
  /** The environment of GitHub that the job was let into. */
  readonly environment: string
  /** `true` where the job fails with its instances; empty: it never does. */
  readonly 'fail-fast': string
}

/** The tiers of an orchestration file's `safety`. */
const safeties = ['autonomous', 'supervised', 'read-only', 'manual'] as const

type Safety = (typeof safeties)[number]

/** The inputs, or one sentence for each that is wrong. */
export type InputReading =
  | { readonly inputs: ActionInputs; readonly problems?: never }
  | { readonly inputs?: never; readonly problems: readonly string[] }

/** Reads the inputs as the runner passes them: `INPUT_<NAME>`, in upper case, blanks as underscores. */
export function readInputs(environment: Environment): InputReading {
  const problems: string[] = []
  const read = (name: string): string => (environment[inputVariable(name)] ?? '').trim()
  const choose = <T extends string>(name: string, choices: readonly T[], given = read(name)): T | undefined => {
    if (given === '') return undefined
    const chosen = choices.find((choice) => choice === given)
    if (chosen === undefined)
      problems.push(`Input \`${name}\` is \`${given}\`; it must be ${choices.map((each) => `\`${each}\``).join(', ')}.`)
    return chosen
  }
  const readSingle = (): SingleInputs => {
    const minutes = read('timeout-minutes')
    const given = {
      prompt: read('prompt') || undefined,
      command: read('command') || undefined,
      runtime: read('runtime') || undefined,
      model: read('model') || undefined,
      safety: choose('safety', safeties),
      allowedTools: lines(read('allowed-tools')),
      timeoutMinutes: minutes === '' ? undefined : Number(minutes),
    }
    if (minutes !== '' && !(Number(minutes) > 0 && Number.isFinite(Number(minutes))))
      problems.push(`Input \`timeout-minutes\` is \`${minutes}\`; it must be a number above 0.`)
    if (mode === 'single' && (given.prompt === undefined) === (given.command === undefined))
      problems.push('Mode `single` needs exactly one of the inputs `prompt` and `command`.')
    if (mode !== 'single')
      for (const name of ['prompt', 'command', 'runtime', 'model', 'safety', 'allowed-tools', 'timeout-minutes'])
        if (read(name) !== '') problems.push(`Input \`${name}\` needs \`mode: single\`.`)
    return given
  }
  const readFanOut = (): FanOutInputs => {
    const of = {
      plan: ['shard-by', 'max-shards', 'max-levels'],
      shard: ['shard', 'budget', 'environment', 'fail-fast'],
    } as const
    for (const [needed, names] of Object.entries(of))
      for (const name of names)
        if (mode !== needed && read(name) !== '') problems.push(`Input \`${name}\` needs \`mode: ${needed}\`.`)
    if (mode === 'shard' && !shardName.test(read('shard')))
      problems.push(
        `Input \`shard\` is \`${read('shard')}\`; it must be a name of letters, digits, \`_\`, \`.\` and \`-\`, as \`mode: plan\` gives it.`,
      )
    if (mode === 'shard' && read('only') === '')
      problems.push('Mode `shard` needs the input `only`: the instances that this job runs.')
    if (mode === 'shard' && read('artifact-name') === 'none')
      problems.push(
        'Input `artifact-name` cannot be `none` in mode `shard`: other jobs find its results in its artifact.',
      )
    return {
      'shard-by': read('shard-by'),
      'max-shards': read('max-shards'),
      'max-levels': read('max-levels'),
      shard: read('shard'),
      budget: read('budget'),
      environment: read('environment'),
      'fail-fast': choose('fail-fast', ['true', 'false']) ?? '',
    }
  }
  const chosen = choose('mode', ['run', 'single', 'check', 'publish', 'plan', 'shard', 'collect']) ?? 'run'
  const mode = chosen === 'run' && read('shard') !== '' ? 'shard' : chosen
  const config = lines(read('config'))
  const single = readSingle()
  const fanOut = readFanOut()
  if (mode !== 'check' && mode !== 'single' && config.length > 1)
    problems.push('Input `config` names several files; only `mode: check` takes more than one.')
  const maxParallel = read('max-parallel')
  if (!/^(?:[1-9]\d{0,5})?$/.test(maxParallel))
    problems.push(`Input \`max-parallel\` is \`${maxParallel}\`; it must be a whole number from 1.`)
  const install: Record<string, string> = {}
  for (const wanted of listed(read('install'))) {
    const [, name, version] = /^([a-z][a-z-]*)@(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(wanted) ?? []
    if (name === undefined || version === undefined)
      problems.push(
        `Input \`install\` has \`${wanted}\`; it must be a runtime and an exact version, such as \`claude@2.1.332\`.`,
      )
    else install[name] = version
  }
  const comment = choose('comment', ['sticky', 'new', 'none'], booleanAs(read('comment'), 'sticky', 'none'))
  const cache = choose('cache', ['on', 'off'], booleanAs(read('cache'), 'on', 'off'))
  const resume = choose('resume', ['on', 'off'], booleanAs(read('resume'), 'on', 'off'))
  const access = choose('allowed', ['none', 'write', 'admin'])
  if (problems.length > 0) return { problems }
  const only = listed(read('only'))
  const artifactName = read('artifact-name')
  return {
    inputs: {
      mode,
      config: config.length > 0 ? config : ['.github/orchestrator.yml'],
      single,
      fanOut,
      inputsYaml: read('inputs'),
      only: only.length > 0 ? only : null,
      maxParallel: maxParallel === '' ? undefined : Number(maxParallel),
      install,
      cache: cache !== 'off',
      resume: resume !== 'off',
      token: read('github-token'),
      allowed: {
        access: access === 'none' ? undefined : access,
        actors: listed(read('allowed-actors')),
        bots: listed(read('allowed-bots')),
      },
      // Whoever collects the shards comments.
      comment: mode === 'shard' ? 'none' : comment,
      commentKey: read('comment-key').replace(/^null$/, ''),
      // The matrix of shards says how the file is split.
      cell: mode === 'shard' ? '' : read('cell').replace(/^null$/, ''),
      artifactName: artifactName === 'none' ? null : artifactName || undefined,
      simulate: simulation(read('simulate')),
    },
  }
}

/** Name of the variable that holds an input (`@actions/core`, `getInput`). */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Separated by commas or lines. */
function listed(text: string): string[] {
  return lines(text.replaceAll(',', '\n'))
}

/** YAML's booleans, which a workflow writes without thinking of them as words. */
function booleanAs(given: string, whenTrue: string, whenFalse: string): string {
  return given === 'true' ? whenTrue : given === 'false' ? whenFalse : given
}

function simulation(given: string): boolean | string {
  return given === '' || given === 'false' ? false : given === 'true' ? true : given
}
