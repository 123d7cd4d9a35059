import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Agent } from '../../agents/agent.ts'
import { builtinAgents, customAgents } from '../../agents/registry.ts'
import { ownTrust } from '../../core/run-trust.ts'
import { processesOf } from '../../core/definitions.ts'
import type { ProcessInstance } from '../../core/instance.ts'
import type { Plan } from '../../core/plan.ts'
import { createRedactor } from '../../journal/redactor.ts'
import { findProgram } from '../find-program.ts'
import { quoted } from '../parse-arguments.ts'
import type { Surroundings } from '../surroundings.ts'

/**
 * The command line each process of a plan would be started with, by id. Expressions stay as they are written; values of the
 * secrets the plan names are masked; paths of the attempt's own directory are shown as `$HOME` and `$TMPDIR`. `shorten` is asked for each argument.
 */
export async function expandCommandLines(
  plan: Plan,
  around: Surroundings,
  shorten: (argument: string) => string = (argument) => argument,
): Promise<Map<string, string>> {
  const agents = [...builtinAgents, ...(await customAgents(plan.runtimes))]
  const place = mkdtempSync(join(tmpdir(), 'orchestrator-plan-'))
  const processes = processesOf(plan.instances)
  const secrets = processes.flatMap(({ process }) => process.secrets.map((name) => around.environment[name] ?? ''))
  const redactor = createRedactor(secrets.filter((value) => value !== ''))
  try {
    const lines = new Map<string, string>()
    for (const instance of processes) {
      const argv = argvOf(instance, agents, place, around)
      if (argv === undefined) continue
      const text = argv
        .map((argument) => quoted(shorten(redactor.text(argument))))
        .join(' ')
        .replaceAll(join(place, 'home'), '$HOME')
        .replaceAll(place, '$TMPDIR')
      lines.set(instance.id, redactor.text(text))
    }
    return lines
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function argvOf(
  instance: ProcessInstance,
  agents: readonly Agent[],
  place: string,
  around: Surroundings,
): readonly string[] | undefined {
  const agent = agents.find(({ name }) => name === instance.process.runtime)
  const task = { ...instance.process, id: instance.id, label: instance.label, attempt: 1 }
  return agent?.command(task, {
    cwd: around.root,
    home: join(place, 'home'),
    temp: place,
    userHome: undefined,
    stdoutFile: join(place, 'stdout.log'),
    env: {},
    find: (program) => (findProgram(program, around) === undefined ? undefined : program),
    trust: ownTrust,
  }).argv
}

/** JSON that one reads elsewhere, such as a schema, by its start and its length. */
export function shortenJson(argument: string): string {
  if (argument.length <= jsonLimit || !isJson(argument)) return argument
  return `${argument.slice(0, jsonLimit / 2)}… (${argument.length} characters of JSON)`
}

/** Most characters of JSON that are shown in full. */
const jsonLimit = 120

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
