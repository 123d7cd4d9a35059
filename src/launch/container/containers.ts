import { parseJson } from '../../core/parse-json.ts'
import { writeFileSync } from 'node:fs'
import { type ContainerEngine, containerEngines } from '../../core/confinement.ts'
import { isObject } from '../../core/is-object.ts'
import { plainLine } from '../../core/plain-text.ts'
import { tellingLine } from '../../core/telling-line.ts'
import { ownIdentity } from '../../process/identity.ts'
import { mebibytes } from '../../process/watch-limits.ts'
import { runProgram } from '../../process/run-program.ts'
import type { Exit, Spawn } from '../../process/spawn.ts'
import type { Confinement } from '../confinement.ts'
import { type ContainerOrder, inContainer, leftLimits } from './container-arguments.ts'
import { type Engine, findEngine } from './engine.ts'
import { removeContainers, removeContainersOf } from './remove-containers.ts'
import { readTextFile } from '../../process/read-regular-file.ts'

/** What the containers of a run share. */
export interface Containers {
  /** A container for each process of one attempt; or why there is none. */
  confine(order: Omit<ContainerOrder, 'engine' | 'name' | 'owner'>): Promise<Confinement | { readonly problem: string }>
  /** Removes what is left of them. */
  close(): Promise<void>
}

/** What it takes to run containers. */
export interface ContainersOptions {
  readonly runId: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where it is written which engines were used: whoever finds the run dead removes its containers. */
  readonly record: () => string
  readonly warn: (message: string) => void
}

const askMs = 20_000

/** Containers of one run; an engine is looked for when the first is wanted. */
export function createContainers({ runId, environment, record, warn }: ContainersOptions): Containers {
  const engines = new Map<ContainerEngine | undefined, ReturnType<typeof findEngine>>()
  const used = new Map<string, Engine>()
  const owner = `${runId}.${ownIdentity()}`
  let count = 0

  const use = (engine: Engine): void => {
    if (used.has(engine.path)) return
    used.set(engine.path, engine)
    const names = [...used.values()].map(({ name }) => name)
    writeFileSync(record(), JSON.stringify({ owner, engines: names }), { mode: 0o600 })
  }

  return {
    async confine(order) {
      const { rules } = order
      const finding = engines.get(rules.engine) ?? findEngine(rules.engine, environment)
      engines.set(rules.engine, finding)
      const engine = await finding
      if ('problem' in engine) {
        engines.delete(rules.engine)
        return { problem: `no engine runs its container: ${engine.problem}; ${engine.hint}` }
      }
      use(engine)
      let name = ''
      const around = (spawn: Spawn): Spawn => {
        count += 1
        name = `orchestrator-${runId}-${process.pid}-${count}`
        return inContainer(spawn, { ...order, engine, name, owner })
      }
      const settle = async (exit: Exit): Promise<Exit> => {
        const told = await judge(exit, name, engine, order)
        if (!(await removeContainers([name], engine)))
          warn(`the container ${name} could not be removed: ${engine.name} rm --force ${name}`)
        return told
      }
      return { around, settle, watched: (limits) => leftLimits(limits, engine) }
    },
    async close() {
      for (const engine of used.values()) await removeContainersOf(owner, engine)
    },
  }
}

/** What the first process of a container says when it cannot become the program: catatonit with 1, tini with 127 as an engine does. */
const cannotBecome = /^(?:ERROR \(catatonit:\d+\): failed to exec pid1|\[FATAL tini \(\d+\)\] exec .* failed): (.*)\s*$/

/** The end of the engine's program as the end of the container's: what never ran in it, and what the kernel ended for its memory. */
async function judge(
  exit: Exit,
  name: string,
  engine: Engine,
  { rules, limits }: Pick<ContainerOrder, 'rules' | 'limits'>,
): Promise<Exit> {
  const { code, signal, termination, stderrTail } = exit
  const unable = exit.stdoutBytes === 0 ? cannotBecome.exec(stderrTail)?.[1] : undefined
  const isEngines = code === 125 || code === 126 || code === 127
  const mayLackMemory = code === 137 && limits.memoryBytes !== undefined && engine.limits.memory
  if (termination?.kind === 'limit' && termination.limit === 'processes')
    return { ...exit, termination: { ...termination, detail: `more than ${limits.processes} processes` } }
  if (termination !== undefined || signal !== null) return exit
  if (unable !== undefined) return { ...exit, spawnError: notStarted(rules.image, unable) }
  if (mayLackMemory) {
    const all = mebibytes(limits.memoryBytes ?? 0)
    const detail = `killed with ${all} of memory allowed, as the kernel does when that is used up`
    return { ...exit, termination: { kind: 'limit', limit: 'memory', detail } }
  }
  if (!isEngines || (await hasRun(name, engine))) return exit
  const said = plainLine(tellingLine(stderrTail).replace(/^(?:Error|docker): /, ''))
  if (code !== 125) return { ...exit, spawnError: notStarted(rules.image, said) }
  return { ...exit, spawnError: { code: 'CONTAINER', detail: `${engine.name} cannot run ${rules.image}: ${said}` } }
}

function notStarted(image: string, why: string): NonNullable<Exit['spawnError']> {
  const isMissing = /not found|no such file/i.test(why)
  const detail = isMissing ? `there is no such program in ${image}` : `it cannot be started in ${image}: ${why}`
  return { code: isMissing ? 'ENOENT' : 'CONTAINER', detail }
}

/** Whether a container was ever started: if so, it ended with a code of its program's. */
async function hasRun(name: string, { path, env }: Engine): Promise<boolean> {
  const ask = ['container', 'inspect', '--format', '{{.State.Status}}', name]
  const { code, stdout } = await runProgram([path, ...ask], { cwd: '/', env, timeoutMs: askMs })
  return code === 0 && !['created', 'initialized', 'configured'].includes(stdout.trim())
}

/**
 * Removes the containers of a run whose orchestrator is dead. What it has written says only which engines to ask, and about which run: any process of it
 * may have written there.
 */
export async function removeRecorded(record: string, environment: ContainersOptions['environment']): Promise<void> {
  const kept: unknown = parseJson(readTextFile(record))
  if (!isObject<{ owner?: unknown; engines?: unknown }>(kept) || !Array.isArray(kept.engines)) return
  const { owner } = kept
  if (typeof owner !== 'string' || !/^[\w.-]+$/.test(owner)) return
  for (const name of containerEngines) {
    const engine = kept.engines.includes(name) ? await findEngine(name, environment) : undefined
    if (engine !== undefined && !('problem' in engine)) await removeContainersOf(owner, engine)
  }
}
