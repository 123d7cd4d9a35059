import { startOf } from '../process/npm-shim.ts'
import type { Agent } from '../agents/agent.ts'
import { builtinAgents, runtimeFacts } from '../agents/registry.ts'
import { safetyTiers } from '../core/runtime.ts'
import { runProgram } from '../process/run-program.ts'
import { plainLine } from '../core/plain-text.ts'
import { findProgram } from './find-program.ts'
import type { Surroundings } from './surroundings.ts'

/** A runtime as this machine has it. */
export interface ProbedRuntime {
  readonly name: string
  readonly kind: 'agent' | 'command'
  /** False for a runtime the language knows and this version has no adapter for. */
  readonly available: boolean
  /** What is looked for on the PATH; null without an adapter. */
  readonly program: string | null
  /** Null when it is not found. */
  readonly path: string | null
  /** First line of what it says of itself; null when it does not. */
  readonly version: string | null
  /** Null without an adapter. */
  readonly can: RuntimeAbilities | null
}

/** What a runtime can do, as its adapter says. */
export interface RuntimeAbilities {
  /** Keys of an instance it honours beyond the common ones. */
  readonly keys: readonly string[]
  /** Tiers of `safety` it can keep to; empty where it has none. */
  readonly safety: readonly string[]
  /** Whether an answer that breaks its schema can be repaired in the same session. */
  readonly resume: boolean
  /** Whether an instance can take up the conversation of another one (`session`). */
  readonly session: boolean
  /** Warnings that it tells (`expect.no-warnings`). */
  readonly tells: readonly string[]
  /** What it says of its cost, and where the figures of a killed process come from; null for what calls no model. */
  readonly counts: Agent['counts'] | null
  /** Where it is installed from, in the version it is tested with; null for programs that come by other means. */
  readonly package: { readonly npm: string; readonly version: string } | null
  /** Variables of which one gives it access; empty where it needs none. */
  readonly login: readonly string[]
}

const versionTimeoutMs = 10_000

/** Asks each runtime (or just the named ones) for its version, side by side. */
export async function probeRuntimes(around: Surroundings, names?: ReadonlySet<string>): Promise<ProbedRuntime[]> {
  const facts = [...runtimeFacts().values()].filter(({ name }) => names === undefined || names.has(name))
  return Promise.all(
    facts.map(async ({ name, kind, available }) => {
      const agent = builtinAgents.find((candidate) => candidate.name === name)
      if (agent === undefined) return { name, kind, available, program: null, path: null, version: null, can: null }
      const { program, versionArgs } = agent
      const path = findProgram(program, around) ?? null
      const version = path === null ? null : await askVersion([...startOf(path), ...versionArgs], around)
      return { name, kind, available, program, path, version, can: abilitiesOf(agent) }
    }),
  )
}

function abilitiesOf(agent: Agent): RuntimeAbilities {
  const { supports, safety, package: from } = agent
  return {
    keys: [...supports],
    safety: supports.has('safety') ? [...(safety ?? safetyTiers)] : [],
    resume: agent.resume !== undefined,
    session: agent.sessions?.continues === true,
    tells: [...(agent.tells ?? [])],
    counts: agent.counts ?? null,
    package: from === undefined ? null : { npm: from.npm, version: from.version },
    login: agent.login?.variables ?? [],
  }
}

async function askVersion(argv: readonly string[], around: Surroundings): Promise<string | null> {
  const env = Object.fromEntries(
    Object.entries(around.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const { code, stdout, stderr } = await runProgram(argv, { cwd: around.cwd, env, timeoutMs: versionTimeoutMs })
  if (code !== 0) return null
  const line = `${stdout}\n${stderr}`.split('\n').find((text) => text.trim() !== '') ?? ''
  return /\d+\.\d+(?:\.\d+)?[\w.+-]*/.exec(plainLine(line))?.[0] ?? plainLine(line).slice(0, 60)
}
