import type { AttemptEnded, InstanceEnded, RunEvent, Stamped } from '../../src/core/event.ts'
import type { Failure } from '../../src/core/failure.ts'
import { detailOf, reasonOf } from '../../src/core/failure.ts'
import type { Edge, GateInstance, GroupInstance, Instance, ProcessInstance, When } from '../../src/core/instance.ts'
import type { Reason, Result } from '../../src/core/outcome.ts'
import { defaultReport, type Plan } from '../../src/core/plan.ts'
import { freeAccounting, type Accounting } from '../../src/core/usage.ts'

/** 2026-11-21T12:00:00Z. */
const start = Date.UTC(2026, 10, 21, 12)

export const edge = (from: string, when: When = 'success'): Edge => ({
  from,
  when,
  delayMs: 0,
  plain: when === 'success',
})

/** A process instance: `runtime` decides the pool; `needs` are ids or edges. */
export function instance(
  id: string,
  options: {
    runtime?: string
    model?: string
    needs?: readonly (string | Edge)[]
    parent?: string
    label?: string
    line?: number
  } = {},
): ProcessInstance {
  const runtime = options.runtime ?? 'shell'
  const isAgent = ['claude', 'codex'].includes(runtime)
  return {
    kind: 'process',
    id,
    key: id.split('.').at(-1) ?? id,
    label: options.label ?? id,
    ...(options.parent !== undefined && { parent: options.parent }),
    needs: (options.needs ?? []).map((need) => (typeof need === 'string' ? edge(need) : need)),
    join: 'all',
    at: { file: '.github/orchestrator.yml', line: options.line ?? 3, column: 3 },
    outputs: {},
    retry: { attempts: 1, on: [], backoffMs: 2000, maxBackoffMs: 60_000 },
    fallback: [],
    continueOnError: false,
    priority: 0,
    pool: isAgent ? 'agents' : 'commands',
    process: {
      runtime,
      ...(options.model !== undefined && { model: options.model }),
      action: isAgent ? { kind: 'prompt', prompt: 'Do it.' } : { kind: 'script', script: 'true' },
      args: [],
      env: {},
      secrets: [],
      workspace: { kind: 'shared', apply: false },
      limits: {},
      attach: [],
      parse: { kind: 'none' },
      expect: {},
      safety: 'default',
    },
  }
}

/** A group with its gate; the members are made by the caller with `parent`. */
export function group(
  id: string,
  form: GroupInstance['form'],
  members: readonly string[],
  options: { needs?: readonly (string | Edge)[]; parent?: string } = {},
): [GateInstance, GroupInstance] {
  const common = { key: id.split('.').at(-1) ?? id, label: id, join: 'all' as const }
  const parent = options.parent === undefined ? {} : { parent: options.parent }
  const gate = `${id}..open`
  return [
    {
      ...common,
      ...parent,
      kind: 'gate',
      id: gate,
      group: id,
      needs: (options.needs ?? []).map((need) => (typeof need === 'string' ? edge(need) : need)),
    },
    {
      ...common,
      ...parent,
      kind: 'group',
      id,
      form,
      gate,
      members,
      needs: [gate, ...members].map((member) => edge(member, 'always')),
      outputs: {},
      continueOnError: false,
      failFast: false,
    },
  ]
}

export const spent = (input: number, cacheRead: number, output: number, costUsd: number | null): Accounting => ({
  usage: { input, cacheRead, cacheWrite: 0, output, reasoning: 0 },
  costUsd,
  costSource: costUsd === null ? 'unknown' : 'cli',
  partial: false,
})

/** Writes a journal event by event; every call takes `ms` of the run's time. */
export function buildJournal(name: string, instances: readonly Instance[], options: { simulated?: boolean } = {}) {
  const events: Stamped[] = []
  const processes = new Map(instances.flatMap((node) => (node.kind === 'process' ? [[node.id, node] as const] : [])))
  const attempts = new Map<string, { attempt: number; at: number }>()
  let now = start
  const record = (event: RunEvent, ms = 0): void => {
    now += ms
    events.push({ v: 1, seq: events.length, at: now, ...event })
  }
  const plan: Plan = {
    v: 1,
    name,
    source: { path: '.github/orchestrator.yml', sha256: '0'.repeat(64) },
    inputs: {},
    env: {},
    instances,
    maxParallel: { total: null, agents: null, commands: null },
    reserve: {},
    runtimes: {},
    report: defaultReport,
  }
  record({
    type: 'run.started',
    runId: 'a1b2c3d4',
    version: '0.1.0',
    simulated: options.simulated ?? false,
    plan,
    context: {
      inputs: {},
      env: {},
      github: {},
      runner: {},
      run: { id: 'a1b2c3d4', name: plan.name, directory: '/runs/1', simulated: false },
    },
    only: null,
    commit: null,
  })
  const finish = (
    id: string,
    result: Result,
    reason: Reason,
    detail: string,
    more: Partial<InstanceEnded> = {},
  ): void => record({ type: 'instance.ended', id, result, outcome: result, reason, detail, outputs: {}, ...more })
  return {
    events,
    record,
    finish,
    start(id: string, more: { ms?: number; runtime?: string; model?: string | null } = {}): void {
      const node = processes.get(id)
      now += more.ms ?? 0
      const attempt = (attempts.get(id)?.attempt ?? 0) + 1
      attempts.set(id, { attempt, at: now })
      record({
        type: 'attempt.started',
        id,
        attempt,
        runtime: more.runtime ?? node?.process.runtime ?? 'shell',
        model: more.model ?? node?.process.model ?? null,
        pid: 4242,
        argv: ['true'],
        envNames: ['PATH'],
        cwd: '/work',
      })
    },
    progress(id: string, accounting: Accounting, activity: string, ms = 0): void {
      record(
        { type: 'attempt.progress', id, attempt: attempts.get(id)?.attempt ?? 1, accounting, model: null, activity },
        ms,
      )
    },
    /** The end of an attempt; without `failure` it succeeded. */
    end(id: string, ms: number, more: Partial<AttemptEnded> = {}): void {
      now += ms
      const begun = attempts.get(id)
      const node = processes.get(id)
      const failure = more.failure ?? null
      record({
        type: 'attempt.ended',
        id,
        attempt: begun?.attempt ?? 1,
        failure,
        exitCode: failure === null ? 0 : failure.kind === 'exit' ? failure.code : null,
        signal: failure?.kind === 'signal' ? failure.signal : null,
        durationMs: now - (begun?.at ?? now),
        runtime: node?.process.runtime ?? 'shell',
        model: node?.process.model ?? null,
        accounting: freeAccounting,
        text: '',
        textTruncated: false,
        json: null,
        outputs: {},
        tail: '',
        denials: 0,
        session: null,
        stdoutFile: `logs/${id}.${begun?.attempt ?? 1}.stdout.log`,
        stderrFile: null,
        patchFile: null,
        ...more,
      })
    },
    /** An instance that ended with its last attempt. */
    settle(id: string, failure: Failure | null = null, more: Partial<InstanceEnded> = {}): void {
      if (failure === null) finish(id, 'success', '', '', more)
      else
        finish(id, failure.kind === 'cancelled' ? 'cancelled' : 'failure', reasonOf(failure), detailOf(failure), more)
    },
    close(result: Result, reason = '', ms = 5): void {
      record({ type: 'run.ended', result, reason }, ms)
    },
  }
}
