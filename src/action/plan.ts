import { realpathSync } from 'node:fs'
import { readNamedText, readTextIfThere } from '../process/read-named-file.ts'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { runtimeFacts } from '../agents/registry.ts'
import type { ActionStep } from './step.ts'
import { lazyApi } from './step.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { JsonObject } from '../core/json.ts'
import type { Plan } from '../core/plan.ts'
import { openCommit, readAhead, type CommitFilesOptions, type ReadAtCommit } from '../github/base-config.ts'
import type { Environment, GithubContext } from '../github/context.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { runGit } from '../process/git.ts'
import { configurationPathspecs } from '../worktree/unsafe-name.ts'
import { literalText } from '../expression/template.ts'
import { compileSingle } from '../workflow/compile-single.ts'
import { compile, compileWithChecks, type Compilation } from '../workflow/compile.ts'
import { judgeSharedInputs, resolveInputs } from '../workflow/inputs.ts'

/** What is to be said about a file or inputs, whether there is a plan or not. */
interface Examined {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: ReadonlyMap<string, string>
  /** Sentences about what is no place in a file. */
  readonly problems: readonly string[]
}

/** A plan that can run, with the values of its inputs. */
export interface Ready extends Examined {
  readonly plan: Plan
  readonly inputs: JsonObject
}

/** A plan, or at least one problem or error that says why there is none. */
export type Planned = Ready | (Examined & { readonly plan?: undefined; readonly isNew?: undefined }) | NewFile

/** A file without errors that a pull request adds: there will be a plan once it is merged. */
export interface NewFile extends Examined {
  readonly plan?: undefined
  readonly isNew: true
  /** How many instances it has. */
  readonly instances: number
}

/** The files a run may obey: the working tree's, or the base commit's where the tree may be a stranger's. */
export interface ObeyedFiles {
  readonly read: ReadAtCommit
  /** Undefined for the working tree. */
  readonly commit: string | undefined
  /** What is to be said of the files that are not obeyed, once any was read. */
  readonly notes: string[]
}

/** They are looked for when first asked for; then CommitUnreadableError says that there is no way to them. */
export function openFiles(step: ActionStep, inputs: ActionInputs, signal: AbortSignal): ObeyedFiles {
  const { workspace, configCommit: commit, repository } = step.context
  const notes: string[] = []
  if (commit === undefined) return { commit, notes, read: async (path) => readTextIfThere(resolve(workspace, path)) }
  const connect = lazyApi(step, inputs.token)
  const git = gitIn(workspace, step.environment, signal)
  let opened: Promise<ReadAtCommit> | undefined
  const open = async (): Promise<ReadAtCommit> => {
    const read = await openCommit({ workspace, commit, git, repository, connect, signal })
    notes.push(...(await describeChangedConfiguration(step, inputs, git)))
    return read
  }
  return {
    commit,
    notes,
    async read(path) {
      const read = await (opened ??= open())
      return read(path)
    },
  }
}

/** Longest wait for a remote: after it GitHub is asked. */
const gitTimeoutMs = 60_000

/** Git with all that the job gave us: its configuration may hold the credentials of the checkout. */
function gitIn(cwd: string, environment: Environment, abort: AbortSignal): CommitFilesOptions['git'] {
  const env = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  return (args, stdin = '') =>
    runGit(args, { cwd, env, network: true, timeoutMs: gitTimeoutMs, abort, stdin, encoding: 'latin1' })
}

/** What a pull request changes of what agents are configured by: none of it is obeyed before it is merged, so people should read it. */
async function describeChangedConfiguration(
  { context: { configCommit, pullRequest } }: ActionStep,
  { config }: ActionInputs,
  git: CommitFilesOptions['git'],
): Promise<string[]> {
  if (configCommit === undefined || pullRequest === undefined) return []
  const own = ['.github/copilot-instructions.md', '.orchestrator', ...config].map((path) => `:(literal)${path}`)
  const paths = [...configurationPathspecs(), ...own]
  const { code, stdout } = await git(['diff', '--name-only', '-z', configCommit, 'HEAD', '--', ...paths])
  const names = Buffer.from(stdout, 'latin1')
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '')
  if (code !== 0 || names.length === 0) return []
  const more = names.length > 20 ? ` and ${names.length - 20} more` : ''
  return [
    `This pull request changes what agents are configured by: ${names.slice(0, 20).join(', ')}${more}. None of it was obeyed.`,
  ]
}

/** The plan of mode `run`. */
export async function planFile(step: ActionStep, inputs: ActionInputs, files: ObeyedFiles): Promise<Planned> {
  const path = inputs.config[0] ?? ''
  const parsed = await parseGivenInputs(inputs)
  // What is wrong with them is said with what else is.
  const given = typeof parsed === 'string' ? undefined : parsed
  if (files.commit === undefined) return withInputs(await compileFile(step.context, path, given), inputs)
  const compiled = await compileAtCommit(files.read, path, given)
  return compiled === undefined ? planNewFile(step.context, path, files.commit, given) : withInputs(compiled, inputs)
}

/** The plan of a file that is not run: without values for its inputs. */
export async function planObeyed({ config }: ActionInputs, files: ObeyedFiles): Promise<Planned> {
  const path = config[0] ?? ''
  const missing = `There is no file ${path} on ${files.commit ?? 'the working tree'}.`
  return (await compileAtCommit(files.read, path, undefined)) ?? nothing(missing)
}

/** A file that the base commit does not have: one that the pull request adds is looked at, and not obeyed. */
async function planNewFile(
  context: GithubContext,
  path: string,
  commit: string,
  given: Readonly<Record<string, string>> | undefined,
): Promise<Planned> {
  const own = context.pullRequest === undefined ? nothing('') : await compileFile(context, path, given)
  if (own.plan !== undefined) return { ...own, plan: undefined, isNew: true, instances: countInstances(own.plan) }
  if (own.problems.length === 0) return own
  return nothing(
    `There is no file ${path} on ${commit}. On ${context.eventName} events the orchestration file is taken from the base ` +
      'commit, never from the pull request: a new file works once it is merged. Mode `check` validates it before.',
  )
}

/** How many instances a plan is known to have. */
export function countInstances({ instances }: Plan): number {
  return instances.filter(({ kind }) => kind === 'process').length
}

/** The plan of mode `single`: one instance, made of the action's inputs, which Actions has rendered already. */
export function planSingle(step: ActionStep, { single }: ActionInputs): Planned {
  const { prompt, command, runtime, model, safety, allowedTools, timeoutMinutes } = single
  const instance = {
    ...(runtime !== undefined && { runtime }),
    ...(prompt === undefined ? { run: literalText(command ?? '') } : { prompt: literalText(prompt) }),
    ...(model !== undefined && { model: literalText(model) }),
    ...(safety !== undefined && { safety }),
    ...(allowedTools.length > 0 && { 'allowed-tools': allowedTools.map(literalText) }),
    ...(timeoutMinutes !== undefined && { 'timeout-minutes': timeoutMinutes }),
  }
  return planned(compileSingle(step.context.job || 'single', 'single', instance, runtimeFacts()))
}

/**
 * An orchestration file of the working tree, compiled. Where the tree may be a stranger's, so may the paths in it: nothing
 * outside of it is read, for diagnostics quote what they are about (`.git/config` holds the checkout's token).
 */
async function compileFile(
  { workspace, configCommit }: GithubContext,
  path: string,
  inputs?: Readonly<Record<string, string>>,
): Promise<Planned> {
  const read = (file: string): string | undefined => {
    const absolute = resolve(workspace, file)
    return configCommit === undefined || isOfTree(workspace, absolute) ? readNamedText(absolute) : undefined
  }
  const text = read(path)
  if (text === undefined) return nothing(`There is no file ${path} in ${workspace}. Is the repository checked out?`)
  return planned(
    await compileWithChecks(text, (checks) =>
      compile(path, text, { read, runtimes: runtimeFacts(), ...checks, inputs }),
    ),
  )
}

/** Whether a path, its links followed, leads to a file of the working tree itself. */
function isOfTree(workspace: string, path: string): boolean {
  try {
    const [first = '..'] = relative(realpathSync(workspace), realpathSync(path)).split(sep)
    return first !== '..' && first.toLowerCase() !== '.git' && !isAbsolute(first)
  } catch {
    return false
  }
}

async function compileAtCommit(
  read: ReadAtCommit,
  path: string,
  inputs: Readonly<Record<string, string>> | undefined,
): Promise<Planned | undefined> {
  const text = await read(path)
  if (text === undefined) return undefined
  const compilation = await compileWithChecks(text, (checks) =>
    readAhead<Compilation>(read, (known) =>
      compile(path, text, { read: known, runtimes: runtimeFacts(), ...checks, inputs }),
    ),
  )
  return planned(compilation)
}

async function withInputs(compiled: Planned, inputsGiven: ActionInputs): Promise<Planned> {
  const { plan } = compiled
  if (plan === undefined) return compiled
  const given = await parseGivenInputs(inputsGiven)
  const { only } = inputsGiven
  if (typeof given === 'string') return { ...compiled, plan: undefined, problems: [given] }
  const { inputs, problems } = resolveInputs(plan.inputs, given)
  const unknown = (only ?? []).filter((id) => !plan.instances.some((instance) => instance.id === id))
  const all = [
    ...problems,
    ...unknown.map((id) => `Input \`only\` names \`${id}\`, which is not an instance of the file.`),
  ]
  return all.length > 0 ? { ...compiled, plan: undefined, problems: all } : { ...compiled, inputs }
}

/** Files as the working tree has them, a pull request's own as well, with the values given; what is wrong with those is said with the last. */
export async function planChecked({ context }: ActionStep, checked: ActionInputs): Promise<Planned[]> {
  const { config } = checked
  const given = await parseGivenInputs(checked)
  const inputs = typeof given === 'string' ? undefined : given
  const files: Planned[] = []
  for (const path of config) files.push(await compileFile(context, path, inputs))
  const declared = files.flatMap(({ plan }) => (plan === undefined ? [] : [plan.inputs]))
  // A file with errors may declare what seems to be unknown.
  const problems = inputs === undefined || declared.length < files.length ? [] : judgeSharedInputs(declared, inputs)
  const all = typeof given === 'string' ? [given] : problems
  return all.length === 0 ? files : [...files, { ...nothing(''), problems: all }]
}

/** The YAML map of the input `inputs` as strings, those of a command over it, or a sentence on what is wrong with it. */
async function parseGivenInputs({
  inputsYaml: text,
  commandInputs = {},
}: ActionInputs): Promise<Record<string, string> | string> {
  if (text === '') return { ...commandInputs }
  const { parse } = await import('yaml')
  let given: unknown
  try {
    given = parse(text)
  } catch (error) {
    return `Input \`inputs\` is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return 'Input `inputs` must be a YAML map of names and values.'
  const texts = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return { ...Object.fromEntries(texts), ...commandInputs }
}

function planned({ plan, diagnostics, sources }: Compilation): Planned {
  const examined = { diagnostics, sources, problems: [] }
  return plan === undefined ? examined : { ...examined, plan, inputs: {} }
}

function nothing(problem: string): Planned {
  return { diagnostics: [], sources: new Map(), problems: [problem] }
}
