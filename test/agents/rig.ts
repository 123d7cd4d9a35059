import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { tmpdir } from 'node:os'
import type { Agent } from '../../src/agents/agent.ts'
import { customAgents, simulatedModels } from '../../src/agents/registry.ts'
import { createLauncher, type Launcher, type LauncherOptions } from '../../src/launch/launcher.ts'
import { ownTrust, type RunTrust } from '../../src/core/run-trust.ts'
import type { AttemptEnded, RunEvent } from '../../src/core/event.ts'
import type { CustomRuntime } from '../../src/core/custom-runtime.ts'
import type { Redactor } from '../../src/core/redactor.ts'
import type { Task } from '../../src/core/task.ts'
import { addUsage, type Usage, zeroUsage } from '../../src/core/usage.ts'
import { loadPatterns } from '../../src/core/pattern.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import type { LedgerEntry } from '../../src/simulate/ledger.ts'
import { startSimulation } from '../../src/simulate/server.ts'

await loadPatterns()

/** A redactor that has nothing to hide. */
export const plainRedactor: Redactor = {
  text: (value) => value,
  stream: () => ({ push: (chunk) => chunk, end: () => new Uint8Array() }),
}

/** A task with everything a plan would have filled in. */
export function taskOf(id: string, runtime: string, rest: Partial<Task> & Pick<Task, 'action'>): Task {
  return {
    id,
    label: id,
    attempt: 1,
    runtime,
    args: [],
    env: {},
    secrets: [],
    workspace: { kind: 'shared', apply: false },
    limits: {},
    attach: [],
    parse: { kind: 'none' },
    expect: {},
    safety: 'default',
    ...rest,
  }
}

/** A launcher on a directory of its own, and with rules a model server. */
export interface Rig {
  readonly root: string
  readonly runId: string
  readonly workspace: string
  readonly events: readonly RunEvent[]
  readonly launcher: Launcher
  /** Starts the task and resolves with its end. */
  run(task: Task): Promise<AttemptEnded>
  /** Resolves with the first event, past or to come, that satisfies the test. */
  until<E extends RunEvent>(test: (event: RunEvent) => event is E): Promise<E>
  ledger(): LedgerEntry[]
  /** What the ledger says this instance was served; `reasoning` is not in it. */
  served(id: string): Usage
  close(): Promise<void>
}

/** Variables of the machine that a test must not depend on. */
const environmentOf = (root: string): Record<string, string> => ({
  PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter),
  HOME: join(root, 'user'),
  LANG: 'C.UTF-8',
  TMPDIR: join(root, 'tmp'),
})

export async function openRig(options: {
  /** As text, or made for the workspace. */
  rules?: string | ((workspace: string) => string)
  environment?: Record<string, string>
  trust?: Partial<RunTrust>
  redactor?: Redactor
  position?: (id: string) => number
  exhausted?: (id: string) => string | undefined
  runtimes?: Readonly<Record<string, CustomRuntime>>
  /** Besides those of the registry. */
  agents?: readonly Agent[]
  openInstaller?: LauncherOptions['openInstaller']
}): Promise<Rig> {
  const root = mkdtempSync(join(tmpdir(), 'rig-'))
  const runId = `rig${process.pid}x${counter++}`
  const workspace = join(root, 'work')
  for (const name of ['work', 'user', 'tmp', 'run/logs']) mkdirSync(join(root, name), { recursive: true })
  const ledgerPath = join(root, 'run/simulation.ndjson')
  const rules = typeof options.rules === 'function' ? options.rules(workspace) : options.rules
  const parsed = rules === undefined ? undefined : parseRules('rules.yml', rules)
  if (parsed !== undefined && parsed.diagnostics.length > 0) throw new Error(JSON.stringify(parsed.diagnostics))
  const simulation =
    parsed &&
    (await startSimulation({
      rules: parsed.rules,
      ledgerPath,
      redactor: plainRedactor,
      models: await simulatedModels(),
    }))
  const events: RunEvent[] = []
  const waiting = new Set<() => void>()
  const launcher = createLauncher({
    runId,
    runDirectory: join(root, 'run'),
    workspace,
    environment: { ...environmentOf(root), ...options.environment },
    redactor: options.redactor ?? plainRedactor,
    emit: (event) => {
      events.push(event)
      for (const look of waiting) look()
    },
    ...(simulation && { provide: (task: Task) => ({ endpoint: simulation.endpoint(task.id, task.attempt) }) }),
    ...(options.position && { position: options.position }),
    ...(options.exhausted && { exhausted: options.exhausted }),
    ...(options.openInstaller && { openInstaller: options.openInstaller }),
    declared: [...(options.agents ?? []), ...(await customAgents(options.runtimes ?? {}))],
    trust: { ...ownTrust, ...options.trust },
    graceMs: 3000,
  })
  const until: Rig['until'] = (test) =>
    new Promise((found, fail) => {
      const deadline = setTimeout(() => fail(new Error('the event did not come within 180 s')), 180_000)
      const look = (): void => {
        const event = events.find(test)
        if (event === undefined) return
        waiting.delete(look)
        clearTimeout(deadline)
        found(event)
      }
      waiting.add(look)
      look()
    })
  const ledger = (): LedgerEntry[] =>
    readFileSync(ledgerPath, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LedgerEntry)
  return {
    root,
    runId,
    workspace,
    events,
    launcher,
    until,
    run: (task) => {
      launcher.start(task)
      return until(
        (event): event is AttemptEnded =>
          event.type === 'attempt.ended' && event.id === task.id && event.attempt === task.attempt,
      )
    },
    ledger,
    served: (id) =>
      ledger()
        .filter((entry) => entry.instance === id)
        .reduce((sum, { usage }) => addUsage(sum, { ...usage, reasoning: 0 }), zeroUsage),
    close: async () => {
      await launcher.close()
      await simulation?.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

let counter = 0
