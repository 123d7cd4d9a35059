import { attachedChanges, type AttachedDiff } from '../core/changes.ts'
import { attachedThreads } from '../core/review-thread.ts'
import { threadsText } from '../findings/threads-text.ts'
import type { EffectRules } from '../core/effect.ts'
import type { CacheRule } from '../core/cache-rule.ts'
import type { Action, Fallback, ProcessDefinition, ProcessInstance, Template } from '../core/instance.ts'
import type { Json } from '../core/json.ts'
import type { SessionRule, TaskSession } from '../core/session.ts'
import type { Task } from '../core/task.ts'
import { EvaluationError, evaluateTemplate, renderTemplate, type Contexts } from '../expression/evaluate.ts'
import { hasExpression } from '../expression/template.ts'
import { diffsOf } from './attached-diffs.ts'
import { contextsOf } from './contexts.ts'
import { endOf, type Node } from './node.ts'
import type { Progress } from './progress.ts'

/** A value, or the one line that says which template could not be evaluated and why. */
export type Rendered<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string }

/** The attempt that a node would make now, with every template rendered. */
export function renderTask(
  progress: Progress,
  node: Node,
  instance: ProcessInstance,
  definition: ProcessDefinition,
): Rendered<Task> {
  let contexts: Contexts | undefined
  return rendering((key) => {
    const text = (name: string, template: Template): string => {
      if (!hasExpression(template)) return template
      key(name)
      contexts ??= contextsOf(progress, node)
      return renderTemplate(template, contexts)
    }
    const list = (name: string, templates: readonly Template[]): string[] =>
      templates.map((template, index) => text(`${name}[${index}]`, template))
    const env: Record<string, string> = {}
    for (const values of [progress.started?.plan.env ?? {}, definition.env])
      for (const [name, template] of Object.entries(values)) env[name] = text(`env.${name}`, template)
    const attach = list('attach', definition.attach)
    const foreignAttach = attach.filter((_, index) => foreign.test(definition.attach[index] ?? ''))
    return {
      ...definition,
      id: instance.id,
      label: instance.label,
      attempt: node.attempt + 1,
      action: renderAction(definition.action, text, list),
      args: list('args', definition.args),
      attach,
      ...(definition.attach.includes(attachedChanges) && { changes: diffFor(progress, instance, definition) }),
      ...(definition.attach.includes(attachedThreads) && { threads: earlierThreads(progress) }),
      foreignAttach,
      env,
      ...(definition.session !== undefined && { session: sessionOf(progress, definition.session) }),
      ...(definition.cache !== undefined && { cache: renderCache(definition.cache, text, list) }),
      ...(definition.effects !== undefined && { effects: renderEffects(definition.effects, text) }),
      ...(definition.model !== undefined && { model: text('model', definition.model) }),
      ...(definition.instructions !== undefined && { instructions: text('instructions', definition.instructions) }),
      ...(definition.workingDirectory !== undefined && {
        workingDirectory: text('working-directory', definition.workingDirectory),
      }),
    }
  })
}

function renderCache(
  { paths, key, ...rule }: CacheRule,
  text: (name: string, template: Template) => string,
  list: (name: string, templates: readonly Template[]) => string[],
): CacheRule {
  return {
    ...rule,
    ...(paths !== undefined && { paths: list('cache.paths', paths) }),
    ...(key !== undefined && { key: text('cache.key', key) }),
  }
}

/** What the file says of effects in templates: titles, keys and numbers. */
function renderEffects(
  { issue, comment, labels, close, pullRequest, push, dispatch }: EffectRules,
  text: (name: string, template: Template) => string,
): EffectRules {
  const of = <T extends object>(kind: string, rule: T, keys: readonly (keyof T & string)[]): T => {
    const rendered = keys.flatMap((key) => {
      const template = rule[key]
      return typeof template === 'string' ? [[key, text(`effects.${kind}.${key}`, template)]] : []
    })
    return { ...rule, ...Object.fromEntries(rendered) }
  }
  return {
    ...(issue !== undefined && { issue: of('issue', issue, ['title', 'key']) }),
    ...(comment !== undefined && { comment: of('comment', comment, ['on']) }),
    ...(labels !== undefined && { labels: of('labels', labels, ['on']) }),
    ...(close !== undefined && { close: of('close', close, ['on']) }),
    ...(pullRequest !== undefined && {
      pullRequest: of('pull-request', pullRequest, ['title', 'body', 'branch', 'base']),
    }),
    ...(push !== undefined && { push: of('push', push, ['title']) }),
    ...(dispatch !== undefined && {
      dispatch: {
        ...of('dispatch', dispatch, ['ref']),
        ...(dispatch.inputs !== undefined && {
          inputs: Object.fromEntries(
            Object.entries(dispatch.inputs).map(([name, value]) => [
              name,
              text(`effects.dispatch.inputs.${name}`, value),
            ]),
          ),
        }),
      },
    }),
  }
}

/** What an instance sees of the diff: all of it, or the chunk that its cell is for. */
function diffFor(
  progress: Progress,
  { matrix }: ProcessInstance,
  { splitBytes }: ProcessDefinition,
): AttachedDiff | undefined {
  const diffs = diffsOf(progress, splitBytes)
  return splitBytes === undefined ? diffs[0] : diffs[Number(matrix?.['chunk']) - 1]
}

/** The session that its upstream's last attempt told; one that was skipped this time has none. */
function sessionOf({ byId }: Progress, rule: SessionRule): TaskSession {
  const upstream = byId.get(rule.from)
  if (upstream?.last === undefined || endOf(upstream)?.outcome === 'skipped') return rule
  const { session, attempt, runtime } = upstream.last
  return session === null ? rule : { ...rule, of: { session, attempt, runtime } }
}

function earlierThreads({ started }: Progress): string {
  const earlier = started?.context.earlier
  return earlier === undefined ? '' : threadsText(earlier)
}

/** An expression over what the author of the file has not written. */
const foreign = /\$\{\{[^]*\b(?:needs|previous|github|changes|matrix|steps)\b/i

/** The values of a map of templates, of any type. */
export function evaluateOutputs(
  templates: Readonly<Record<string, Template>>,
  contexts: () => Contexts,
): Rendered<Record<string, Json>> {
  return rendering((key) => {
    const outputs: Record<string, Json> = {}
    let made: Contexts | undefined
    for (const [name, template] of Object.entries(templates)) {
      key(`outputs.${name}`)
      made ??= contexts()
      outputs[name] = plainJson(evaluateTemplate(template, made))
    }
    return outputs
  })
}

/** One value or its problem; `key` is what the message names. */
export function evaluateNamed<T>(key: string, evaluate: () => T): Rendered<T> {
  return rendering((name) => {
    name(key)
    return evaluate()
  })
}

/** What a fallback runs: its own definition, or the first one with another runtime, model or agent. */
export function definitionOf(instance: ProcessInstance, fallback: Fallback | undefined): ProcessDefinition {
  if (fallback?.process !== undefined) return fallback.process
  const { model: usual, ...rest } = instance.process
  const runtime = fallback?.runtime ?? rest.runtime
  const model = fallback?.model ?? (runtime === rest.runtime ? usual : undefined)
  return {
    ...rest,
    runtime,
    ...(fallback?.agent !== undefined && { agent: fallback.agent }),
    ...(model !== undefined && { model }),
  }
}

function renderAction(
  action: Action,
  text: (name: string, template: Template) => string,
  list: (name: string, templates: readonly Template[]) => string[],
): Action {
  switch (action.kind) {
    case 'prompt':
      return { kind: 'prompt', prompt: text('prompt', action.prompt) }
    case 'script':
      return { ...action, script: text('run', action.script) }
    case 'argv':
      return { kind: 'argv', argv: list('command', action.argv) }
  }
}

function rendering<T>(render: (key: (name: string) => void) => T): Rendered<T> {
  let at = ''
  try {
    return { value: render((name) => (at = name)) }
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    return { problem: `${at}: ${error.message}` }
  }
}

/** A copy without getters: what is journaled must not change any more. */
function plainJson(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plainJson)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item)]))
}
