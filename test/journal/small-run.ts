import type { AttemptEnded, AttemptStarted, RunEvent, RunStarted } from '../../src/core/event.ts'
import type { ProcessInstance } from '../../src/core/instance.ts'
import { defaultReport } from '../../src/core/plan.ts'
import { freeAccounting } from '../../src/core/usage.ts'

/** An instance as the compiler would make it of `run: true`. */
export function instanceNamed(id: string, pool: 'agents' | 'commands' = 'commands'): ProcessInstance {
  return {
    kind: 'process',
    id,
    label: id,
    key: id,
    needs: [],
    join: 'all',
    pool,
    process: {
      runtime: pool === 'agents' ? 'claude' : 'shell',
      action: { kind: 'script', script: 'true' },
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
    outputs: {},
    retry: { attempts: 1, on: [], backoffMs: 0, maxBackoffMs: 0 },
    fallback: [],
    continueOnError: false,
    priority: 0,
  }
}

/** The first event of a run of these instances. */
export function runStarted(instances: readonly ProcessInstance[]): RunStarted {
  return {
    type: 'run.started',
    runId: 'run1',
    version: '0.0.0',
    simulated: false,
    plan: {
      v: 1,
      name: 'small',
      source: null,
      inputs: {},
      env: {},
      instances,
      maxParallel: { total: null, agents: null, commands: null },
      reserve: {},
      runtimes: {},
      report: defaultReport,
    },
    context: {
      inputs: {},
      env: {},
      github: {},
      runner: {},
      run: { id: 'a1b2c3d4', name: 'small', directory: '/runs/1', simulated: false },
    },
    only: null,
    commit: null,
  }
}

/** An attempt that began. */
export function attemptStarted(id: string, attempt = 1): AttemptStarted {
  return {
    type: 'attempt.started',
    id,
    attempt,
    runtime: 'shell',
    model: null,
    pid: 1,
    argv: ['sh', '-c', 'true'],
    envNames: ['PATH'],
    cwd: '/',
  }
}

/** An attempt that ended well. */
export function attemptEnded(id: string, text = '', attempt = 1): AttemptEnded {
  return {
    type: 'attempt.ended',
    id,
    attempt,
    failure: null,
    exitCode: 0,
    signal: null,
    durationMs: 5,
    runtime: 'shell',
    model: null,
    accounting: freeAccounting,
    text,
    textTruncated: false,
    json: null,
    outputs: {},
    tail: '',
    denials: 0,
    session: null,
    stdoutFile: null,
    stderrFile: null,
    patchFile: null,
  }
}

/** All events of a run of `count` instances, one after the other. */
export function eventsOfRun(count: number): RunEvent[] {
  const ids = Array.from({ length: count }, (_, index) => `i${index}`)
  return [
    runStarted(ids.map((id) => instanceNamed(id))),
    ...ids.flatMap((id): RunEvent[] => [
      attemptStarted(id),
      attemptEnded(id, `text of ${id}`),
      { type: 'instance.ended', id, result: 'success', outcome: 'success', reason: '', detail: '', outputs: {} },
    ]),
    { type: 'run.ended', result: 'success', reason: '' },
  ]
}
