import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { builtinAgents } from '../agents/registry.ts'
import { type CustomRuntime, programOf } from '../core/custom-runtime.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Fallback, Instance, ProcessDefinition } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import type { ReadAtCommit } from '../github/base-config.ts'

/** Folder of a step that has them. */
export const baseFolder = 'base'

/**
 * The plan with copies of the commit's files where the arguments of agents, or the commands of the runtimes it declares, name files: `--settings .claude/ci.json` is the commit's, whatever
 * the working tree holds. Copies are made below `folder`. An argument that is an expression, or that the commit has no file for, stays.
 */
export async function withBaseFiles(plan: Plan, read: ReadAtCommit, folder: string): Promise<Plan> {
  const copies: Copies = { files: new Map(), agents: agentNamesOf(plan) }
  const copy = async (path: string | undefined): Promise<void> => {
    if (path === undefined || copies.files.has(path)) return
    const text = await read(path)
    if (text !== undefined) copies.files.set(path, writeCopy(join(folder, path), text))
  }
  for (const { definition } of definitionsOf(plan.instances))
    for (const argument of argumentsOf(definition, copies)) await copy(pathOf(argument, definition))
  for (const { runtime } of movableRuntimes(plan))
    for (const argument of runtime.command.flat()) if (isNoName(argument, runtime)) await copy(pathOf(argument, {}))
  if (copies.files.size === 0) return plan
  const runtimes = movableRuntimes(plan).map(({ name, runtime }) => [name, withCommandCopies(runtime, copies)])
  return {
    ...plan,
    runtimes: { ...plan.runtimes, ...Object.fromEntries(runtimes) },
    instances: plan.instances.map((instance) => replaceIn(instance, copies)),
  }
}

interface Copies {
  /** Of which file of the commit, from the root of the repository, there is which copy. */
  readonly files: Map<string, string>
  /** Names of the runtimes whose arguments name files. */
  readonly agents: ReadonlySet<string>
}

function agentNamesOf({ runtimes }: Plan): Set<string> {
  const builtin = builtinAgents.filter(({ kind }) => kind === 'agent').map(({ name }) => name)
  return new Set([...builtin, ...Object.keys(runtimes)])
}

/** The declared runtimes that run at the root only: elsewhere the same argument names another file, and stays. */
function movableRuntimes(plan: Plan): { name: string; runtime: CustomRuntime }[] {
  const elsewhere = new Set(
    [...definitionsOf(plan.instances)].flatMap(({ definition: { workingDirectory = '', runtime } }) =>
      workingDirectory === '' ? [] : [runtime],
    ),
  )
  return Object.entries(plan.runtimes).flatMap(([name, runtime]) => (elsewhere.has(name) ? [] : [{ name, runtime }]))
}

/** A program without a slash is looked for on the PATH. */
function isNoName(argument: string, runtime: CustomRuntime): boolean {
  return argument !== programOf(runtime) || argument.includes('/')
}

function withCommandCopies(runtime: CustomRuntime, copies: Copies): CustomRuntime {
  const moved = (argument: string): string => (isNoName(argument, runtime) ? moveTo(argument, {}, copies) : argument)
  return {
    ...runtime,
    command: runtime.command.map((part) => (typeof part === 'string' ? moved(part) : part.map(moved))),
  }
}

function argumentsOf({ runtime, args }: ProcessDefinition, { agents }: Copies): readonly string[] {
  return agents.has(runtime) ? args : []
}

/** What an argument names if it names a file, from the root of the repository. */
function pathOf(
  argument: string,
  { workingDirectory = '' }: Pick<ProcessDefinition, 'workingDirectory'>,
): string | undefined {
  const value = valueOf(argument)
  if (value === '' || value.length > 1000 || /\$\{\{|[\0\n]/.test(value + workingDirectory)) return undefined
  const path = posix.join(workingDirectory, value)
  return path.startsWith('../') || posix.isAbsolute(path) ? undefined : path
}

/** Of `--option=value` the value, of an option alone nothing. */
function valueOf(argument: string): string {
  if (!argument.startsWith('-')) return argument
  const at = argument.indexOf('=')
  return at === -1 ? '' : argument.slice(at + 1)
}

function writeCopy(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, text, { mode: 0o500, flag: 'wx' })
  return path
}

function replaceIn(instance: Instance, copies: Copies): Instance {
  if (instance.kind === 'gate' && instance.expansion !== undefined) {
    const template = instance.expansion.template.map((each) => replaceIn(each, copies))
    return { ...instance, expansion: { ...instance.expansion, template } }
  }
  if (instance.kind !== 'process') return instance
  const fallback = instance.fallback.map((way): Fallback =>
    way.process === undefined ? way : { ...way, process: withCopies(way.process, copies) },
  )
  return { ...instance, process: withCopies(instance.process, copies), fallback }
}

function withCopies(definition: ProcessDefinition, copies: Copies): ProcessDefinition {
  if (argumentsOf(definition, copies).length === 0) return definition
  return { ...definition, args: definition.args.map((argument) => moveTo(argument, definition, copies)) }
}

/** The argument with the copy in place of the file. */
function moveTo(argument: string, definition: Pick<ProcessDefinition, 'workingDirectory'>, { files }: Copies): string {
  const copy = files.get(pathOf(argument, definition) ?? '')
  return copy === undefined ? argument : argument.slice(0, argument.length - valueOf(argument).length) + copy
}
