import { startOf } from '../process/npm-shim.ts'
import { builtinAgents, runtimeFacts } from '../agents/registry.ts'
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
}

const versionTimeoutMs = 10_000

/** Asks each runtime (or just the named ones) for its version, side by side. */
export async function probeRuntimes(around: Surroundings, names?: ReadonlySet<string>): Promise<ProbedRuntime[]> {
  const facts = [...runtimeFacts().values()].filter(({ name }) => names === undefined || names.has(name))
  return Promise.all(
    facts.map(async ({ name, kind, available }) => {
      const agent = builtinAgents.find((candidate) => candidate.name === name)
      if (agent === undefined) return { name, kind, available, program: null, path: null, version: null }
      const { program, versionArgs } = agent
      const path = findProgram(program, around) ?? null
      const version = path === null ? null : await askVersion([...startOf(path), ...versionArgs], around)
      return { name, kind, available, program, path, version }
    }),
  )
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
