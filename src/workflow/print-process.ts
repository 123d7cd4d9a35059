import type { SandboxRules } from '../core/confinement.ts'
import type { EffectBounds, EffectRules } from '../core/effect.ts'
import type { CacheRule } from '../core/cache-rule.ts'
import type { Budget, Fallback, ProcessInstance, RetryPolicy } from '../core/instance.ts'
import { readRetry } from './amounts.ts'

/** Keys of an entry of the file; what is undefined is not printed. */
export type PrintedEntry = Record<string, unknown>

/**
 * What an instance says about its process and policy: everything that differs from what a file without `defaults` means.
 * A cell of a matrix also says what other cells may have otherwise.
 */
export function processEntry(instance: ProcessInstance, isCell = false): PrintedEntry {
  const { process: definition, retry, concurrency, startAt, job, unsupported = [] } = instance
  const { action, agent, limits, workspace, expect } = definition
  const { noWarnings, ...expected } = expect
  const isPrompt = action.kind === 'prompt'
  const isUsual = definition.runtime === (isPrompt ? 'claude' : 'shell')
  return {
    ...(action.kind === 'prompt' && { prompt: action.prompt }),
    ...(action.kind === 'script' && { run: action.script, shell: action.shell }),
    ...(action.kind === 'argv' && { command: action.argv }),
    agent,
    runtime: isUsual && agent === undefined && !isCell ? undefined : definition.runtime,
    model: definition.model,
    args: unlessEmpty(definition.args),
    'max-turns': definition.maxTurns,
    'allowed-tools': definition.allowedTools,
    'disallowed-tools': definition.disallowedTools,
    instructions: definition.instructions,
    mcp: definition.mcp,
    env: unlessEmpty(definition.env),
    'env-from': definition.envFrom,
    secrets: unlessEmpty(definition.secrets),
    'working-directory': definition.workingDirectory,
    workspace: (workspace.kind === 'shared' && !isCell) || workspace.group !== undefined ? undefined : workspace.kind,
    apply: workspace.apply ? true : undefined,
    'allow-paths': unlessEmpty(workspace.allowPaths ?? []),
    'timeout-minutes': minutes(definition.timeoutMs),
    'idle-timeout-minutes': minutes(definition.idleTimeoutMs),
    limits: unlessEmpty({
      memory: suffixed(limits.memoryBytes, 'B'),
      cpu: limits.cpus,
      'cpu-time': suffixed(limits.cpuMs, 'ms'),
      output: suffixed(limits.outputBytes, 'B'),
      processes: limits.processes,
    }),
    attach: unlessEmpty(definition.attach),
    'output-schema': definition.findings === 'findings' ? 'findings' : definition.outputSchema,
    parse: isPrompt || definition.parse.kind === 'none' ? undefined : parseEntry(definition.parse),
    expect: unlessEmpty({
      ...expected,
      'no-warnings': noWarnings,
      ...(isPrompt && definition.expect.text === 'non-empty' && { text: undefined }),
    }),
    transcript: definition.transcript,
    safety: definition.safety === 'default' ? undefined : definition.safety,
    credentials: definition.credentials,
    container: definition.container,
    sandbox: sandboxEntry(definition.sandbox),
    permissions: definition.permissions,
    budget: budgetEntry(definition.budget),
    retry: retryEntry(retry),
    fallback: unlessEmpty(instance.fallback.map(fallbackEntry)),
    'continue-on-error': instance.continueOnError === false ? undefined : instance.continueOnError,
    priority: instance.priority === 0 && !isCell ? undefined : instance.priority,
    concurrency: concurrency && {
      group: concurrency.group,
      'cancel-in-progress': concurrency.cancelInProgress ? true : undefined,
    },
    'start-at': startAt && ('afterMs' in startAt ? `+${startAt.afterMs}ms` : startAt.timeOfDay),
    'runs-on': job?.runsOn?.length === 1 ? job.runsOn[0] : job?.runsOn,
    environment: job?.environment,
    approval: unsupported.includes('approval') ? true : undefined,
    cache: cacheEntry(definition.cache),
    channels: unsupported.includes('channels') ? [] : undefined,
    effects: definition.effects && effectsEntry(definition.effects),
    memory: definition.memory && {
      name: definition.memory.name,
      'max-bytes': suffixed(definition.memory.maxBytes, 'B'),
      'max-files': definition.memory.maxFiles,
    },
    outputs: unlessEmpty(instance.outputs),
  }
}

/**
 * An entry of `agents` for an agent that the instance falls back to: what its process has otherwise than the
 * instance's own, since an agent's keys come before those of the instance it stands in for.
 */
export function fallbackAgent(instance: ProcessInstance, fallback: Fallback): PrintedEntry {
  const { process: definition } = fallback
  if (definition === undefined) return {}
  const own = processEntry(instance)
  const other = processEntry({ ...instance, process: { ...definition, agent: instance.process.agent ?? '' } })
  const identity = ['runtime', 'model', 'args', 'max-turns', 'allowed-tools', 'disallowed-tools', 'instructions']
  const further = [
    'mcp',
    'timeout-minutes',
    'idle-timeout-minutes',
    'budget',
    'output-schema',
    'transcript',
    'safety',
    'credentials',
    'container',
    'sandbox',
    'permissions',
  ]
  return Object.fromEntries(
    [...identity, ...further, 'env', 'env-from', 'secrets', 'expect']
      .filter((key) => key === 'runtime' || JSON.stringify(own[key]) !== JSON.stringify(other[key]))
      .map((key) => [key, key === 'runtime' ? definition.runtime : other[key]]),
  )
}

/** A budget as the file spells it. */
export function budgetEntry(budget: Budget | undefined): PrintedEntry | undefined {
  return (
    budget && {
      tokens: budget.tokens,
      'cost-usd': budget.costUsd,
      'warn-at': budget.warnAt === 0.8 ? undefined : budget.warnAt,
      'on-exceeded': budget.onExceeded === 'stop' ? undefined : budget.onExceeded,
      per: budget.per,
    }
  )
}

function cacheEntry(rule: CacheRule | undefined): true | PrintedEntry | undefined {
  if (rule === undefined) return undefined
  const { paths, key, maxAgeMs } = rule
  return unlessEmpty({ paths, key, 'max-age': suffixed(maxAgeMs && maxAgeMs / 3_600_000, 'h') }) ?? true
}

function sandboxEntry(rules: SandboxRules | undefined): PrintedEntry | true | undefined {
  return rules && (unlessEmpty(Object.fromEntries(Object.entries(rules).filter(([, list]) => list.length > 0))) ?? true)
}

/** A number of minutes; undefined where there is none. */
export function minutes(durationMs: number | undefined): number | undefined {
  return durationMs === undefined ? undefined : durationMs / 60_000
}

/** A list or map that holds something. */
export function unlessEmpty<T extends object>(collection: T): T | undefined {
  return Object.values(collection).some((value) => value !== undefined) ? collection : undefined
}

function suffixed(amount: number | undefined, unit: string): string | undefined {
  return amount === undefined ? undefined : `${amount}${unit}`
}

/** Effects, or their bounds, as the file spells them. */
export function effectsEntry({
  pullRequest,
  issue,
  push,
  dispatch,
  ...others
}: EffectRules | EffectBounds): PrintedEntry {
  const patch = ({
    maxBytes,
    titlePrefix,
    teamReviewers,
    ...rule
  }: Partial<NonNullable<EffectRules['pullRequest']>>) => ({
    ...rule,
    'title-prefix': titlePrefix,
    'team-reviewers': teamReviewers,
    'max-bytes': suffixed(maxBytes, 'B'),
  })
  const issueEntry = ({ titlePrefix, expiresMs, ...rule }: Partial<NonNullable<EffectRules['issue']>>) => ({
    ...rule,
    'title-prefix': titlePrefix,
    expires: suffixed(expiresMs === undefined ? undefined : expiresMs / 3_600_000, 'h'),
  })
  const dispatchEntry = ({ allowInputs, ...rule }: Partial<NonNullable<EffectRules['dispatch']>>) => ({
    ...rule,
    'allow-inputs': allowInputs,
  })
  return {
    ...others,
    issue: issue && issueEntry(issue),
    'pull-request': pullRequest && patch(pullRequest),
    push: push && patch(push),
    dispatch: dispatch && dispatchEntry(dispatch),
  }
}

function parseEntry(parse: ProcessInstance['process']['parse']): unknown {
  return parse.kind === 'regex' ? { regex: parse.regex } : parse.kind
}

function retryEntry(retry: RetryPolicy): PrintedEntry | undefined {
  const usual = readRetry(undefined)
  if (JSON.stringify(retry) === JSON.stringify(usual)) return undefined
  return {
    attempts: retry.attempts,
    on: retry.on,
    backoff: `${retry.backoffMs}ms`,
    'max-backoff': `${retry.maxBackoffMs}ms`,
  }
}

function fallbackEntry({ runtime, model, agent, process: definition }: Fallback): PrintedEntry {
  if (agent !== undefined) return { agent }
  return definition === undefined ? { model } : { runtime, model }
}
