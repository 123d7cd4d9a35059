import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { builtinAgents } from '../agents/registry.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Fallback, Instance, ProcessDefinition } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import type { ReadAtCommit } from '../github/base-config.ts'

/**
 * The plan with copies of the commit's files where the arguments of agents name files: `--settings .claude/ci.json` is the commit's, whatever
 * the working tree holds. Copies are made below `folder`. An argument that is an expression, or that the commit has no file for, stays.
 */
export async function withBaseFiles(plan: Plan, read: ReadAtCommit, folder: string): Promise<Plan> {
  const copies = new Map<string, string>()
  for (const { definition } of definitionsOf(plan.instances))
    for (const argument of argumentsOf(definition)) {
      const path = pathOf(argument, definition)
      if (path === undefined || copies.has(path)) continue
      const text = await read(path)
      if (text !== undefined) copies.set(path, writeCopy(join(folder, path), text))
    }
  if (copies.size === 0) return plan
  return { ...plan, instances: plan.instances.map((instance) => replaceIn(instance, copies)) }
}

const agentNames = new Set(builtinAgents.filter(({ kind }) => kind === 'agent').map(({ name }) => name))

function argumentsOf({ runtime, args }: ProcessDefinition): readonly string[] {
  return agentNames.has(runtime) ? args : []
}

/** What an argument names if it names a file, from the root of the repository. */
function pathOf(argument: string, { workingDirectory = '' }: ProcessDefinition): string | undefined {
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
  writeFileSync(path, text, { mode: 0o400, flag: 'wx' })
  return path
}

function replaceIn(instance: Instance, copies: ReadonlyMap<string, string>): Instance {
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

function withCopies(definition: ProcessDefinition, copies: ReadonlyMap<string, string>): ProcessDefinition {
  const args = definition.args.map((argument) => {
    const copy = copies.get(pathOf(argument, definition) ?? '')
    if (copy === undefined || argumentsOf(definition).length === 0) return argument
    return argument.slice(0, argument.length - valueOf(argument).length) + copy
  })
  return { ...definition, args }
}
