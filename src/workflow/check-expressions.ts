import type { ChangesNeeded } from '../core/changes.ts'
import { getOrAdd } from '../core/get-or-add.ts'
import { statusFunctionsOf } from '../core/status-functions.ts'
import {
  checkExpression,
  checkTemplate,
  referencesOf,
  type NeedShape,
  type Reference,
  type Scope as ExpressionScope,
} from '../expression/check.ts'
import { isTruthy } from '../expression/evaluate.ts'
import { foldExpression } from '../expression/fold.ts'
import { needShape } from './need-shape.ts'
import { nearestName } from './suggestion.ts'
import { hasExpression, splitTemplate, type ExpressionIssue } from '../expression/template.ts'
import { checkPatterns } from './check-patterns.ts'
import { checkVerbatim } from './check-verbatim.ts'
import type { Compiling } from './compiling.ts'
import { readCondition, type Condition } from './condition.ts'
import { resolveName, visibleNames, type Draft, type Scope } from './draft.ts'
import { placeAt, placesOf, sharedPlacesOf, type ExpressionPlace, type Role } from './expression-places.ts'
import type { DefaultsEntry } from './schema.ts'
import { allDefaults } from './runtime-names.ts'
import { hintForContext } from './hint-for-context.ts'
import { checkInjection } from './injection.ts'
import { checkEnvFrom, refuseVariable } from './variables.ts'

/** A read of `needs.<name>` by a draft, to be held against the graph. */
export interface NeedRead {
  readonly draft: Draft
  readonly name: string
  readonly id: string
  readonly place: ExpressionPlace
  readonly offset: number
  readonly length: number
}

/** What the expressions of a file read of other instances. */
export interface ExpressionReads {
  readonly needs: readonly NeedRead[]
  /** What names in a draft's expressions mean, by the draft's id. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Names of environment variables of the step that are read as `env.NAME`. */
  readonly stepEnv: ReadonlySet<string>
  /** What is read of the changes; undefined when nothing. */
  readonly changes: ChangesNeeded | undefined
}

const runContexts = ['inputs', 'env', 'github', 'runner', 'run', 'changes'] as const

/** Checks every expression of the file; reports what is wrong and returns what they read. */
export function checkExpressions(drafts: readonly Draft[], compiling: Compiling): ExpressionReads {
  const { file, diagnostics } = compiling
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  const ids: ReadonlySet<string> = new Set(drafts.filter((draft) => draft.kind !== 'gate').map((draft) => draft.id))
  const inputs = new Set(file.inputs.keys())
  const shapes = new Map<Scope, Map<string, NeedShape>>()
  const references = new Map<string, readonly Reference[]>()
  const reads: NeedRead[] = []
  const names = new Map<string, Map<string, string>>()

  const stepEnv = new Set<string>()
  let changes: ChangesNeeded | undefined
  const loose = new Map<Scope, ReadonlyMap<string, string>>()

  checkShared()
  for (const draft of drafts) {
    for (const place of placesOf(draft, compiling)) checkPlace(draft, place)
    if (draft.isFirst) checkOthers(draft.entry)
  }
  return { needs: reads, names, stepEnv, changes }

  /** Texts of the run, of agents and of `defaults` know nothing of instances. */
  function checkShared(): void {
    const scope: ExpressionScope = { contexts: new Set(runContexts), inputs, statusFunctions: false }
    const places: ExpressionPlace[] = []
    for (const [name, { value, owner }] of file.env) places.push(placeAt(value, 'text', owner, name, file.origins))
    for (const values of [
      ...file.defaults.flatMap(allDefaults),
      ...[...file.agents.values()].map(({ value }) => value),
    ]) {
      places.push(...sharedPlacesOf(values, compiling))
      checkOthers(values)
    }
    for (const place of places) {
      if (!hasExpression(place.text)) continue
      checkEnvironment(referencesIn(place.text), place)
      report(checkTemplate(place.text, scope), place, 0)
    }
  }

  function checkOthers(values: DefaultsEntry): void {
    checkVerbatim(values, file.origins, diagnostics)
    checkEnvFrom(values, file.origins, diagnostics)
    checkPatterns(values, compiling)
  }

  function checkPlace(draft: Draft, place: ExpressionPlace): void {
    const { text, role } = place
    const isCondition = role === 'condition' || role === 'edge' || role === 'until'
    if (!isCondition && !hasExpression(text)) return
    const isKnownEdge = role === 'edge' && !hasExpression(text)
    if (isKnownEdge) return
    const condition = isCondition ? readCondition(text) : undefined
    const found =
      condition === undefined ? referencesIn(text) : offsetBy(referencesTo(condition.source), condition.offset)
    const needs = shapesOf(draft, role)
    if (draft.isFirst) checkEnvironment(found, place)
    for (const reference of found) if (reference.context === 'needs') readNeed(draft, role, place, reference, needs)
    if (!draft.isFirst) return
    if (condition?.mixed === true)
      return diagnostics.error(
        'condition-always-true',
        'text around `${{ }}` makes this condition always true',
        place.rangeOf(0, text.length),
        {
          hint: 'Put the whole condition inside one `${{ }}`, or omit the `${{ }}`.',
        },
      )
    const scope = scopeOf(draft, role, needs)
    const issues = condition === undefined ? checkTemplate(text, scope) : checkExpression(condition.source, scope)
    report(issues, place, condition?.offset ?? 0, draft)
    if (condition !== undefined && issues.length === 0) checkConstant(condition, place)
    if (role === 'script') checkInjection(draft, place, found, file.env, diagnostics)
  }

  /** A condition that says the same whatever happens is a slip, unless it is meant to: `always()`, `true`, `false`. */
  function checkConstant({ source, offset }: Condition, place: ExpressionPlace): void {
    if (/^(?:always\(\s*\)|true|false)$/i.test(source)) return
    const folded = foldExpression(source)
    if (folded.kind !== 'constant') return
    const isTrue = isTruthy(folded.value)
    diagnostics.warning(
      'if-constant',
      `this condition is ${isTrue ? 'always' : 'never'} true`,
      place.rangeOf(offset, source.length),
      {
        hint: !isTrue
          ? place.role === 'until'
            ? 'There would always be `max` rounds.'
            : 'If you mean that, write `false`.'
          : place.role === 'until'
            ? 'There would never be a second round.'
            : statusFunctionsOf(source).length > 0
              ? '`always()` alone means the same.'
              : 'It only requires `success()`, which is the default; remove it.',
      },
    )
  }

  /** The `env` context has the file's variables as they are written, and those of the step that are no secrets. */
  function checkEnvironment(found: readonly Reference[], place: ExpressionPlace): void {
    for (const { context, path, offset, length } of found) {
      const [name] = path
      if (context === 'changes' && changes !== 'diff')
        changes = name === undefined || name.toLowerCase() === 'diff-file' ? 'diff' : 'files'
      if (context !== 'env' || name === undefined) continue
      const value = file.env.get(name)?.value
      if (value === undefined) {
        const refusal = refuseVariable(name)
        if (refusal === undefined) stepEnv.add(name)
        else
          diagnostics.error('secret-variable', refusal.message, place.rangeOf(offset, length), { hint: refusal.hint })
      }
      if (value !== undefined && hasExpression(value))
        diagnostics.error(
          'env-expression',
          `\`env.${path[0]}\` is itself an expression`,
          place.rangeOf(offset, length),
          {
            hint: `Write that expression: \`${value}\`.`,
          },
        )
    }
  }

  function scopeOf(draft: Draft, role: Role, needs: ReadonlyMap<string, NeedShape>): ExpressionScope {
    const contexts = new Set<string>([...runContexts, 'needs'])
    if (draft.matrixKeys !== undefined) contexts.add('matrix')
    if (draft.previous !== undefined) contexts.add('previous')
    const { round } = draft
    if (round !== undefined) contexts.add('previous-round')
    if (role === 'outputs') contexts.add('result')
    return {
      contexts,
      needs,
      inputs,
      ...(draft.matrixKeys !== undefined && { matrix: draft.matrixKeys }),
      ...(round !== undefined && { round }),
      statusFunctions: role === 'condition' || role === 'edge' || role === 'until',
    }
  }

  /** Remembers what a name means, so that a name that is nothing is reported here and not by the shapes as well. */
  function readNeed(
    draft: Draft,
    role: Role,
    place: ExpressionPlace,
    { path, offset, length }: Reference,
    needs: Map<string, NeedShape>,
  ): void {
    const [name] = path
    if (name === undefined) return
    const scope = lookupScope(draft, role)
    const id = resolveName(name, scope, ids) ?? resolveLoosely(name, scope)
    if (id === undefined) {
      needs.set(name, { outputs: 'unknown' })
      const at = offset + Math.max(0, place.text.slice(offset, offset + length).indexOf(name))
      if (draft.isFirst) reportUnknown(name, scope, place, at, name.length)
      return
    }
    const shape = needShape(id, byId)
    if (!needs.has(name)) needs.set(name, shape)
    reads.push({ draft, name, id, place, offset, length })
    if (name === id && draft.scope.outer === undefined) {
      const direct = draft.entry.needs
      if (direct === id || (Array.isArray(direct) && direct.some((item) => item === id))) return
    }
    getOrAdd(names, draft.id, () => new Map<string, string>()).set(name, id)
  }

  function reportUnknown(name: string, scope: Scope, place: ExpressionPlace, offset: number, length: number): void {
    const hint = (): string | undefined => {
      const near = nearestName(name, visibleNames(scope))
      if (near !== undefined) return `Did you mean \`${near}\`?`
      const inner = [...ids].find((id) => id.endsWith(`.${name}`))
      return inner === undefined
        ? undefined
        : `It is a member of a group: write \`needs['${inner}']\`, or \`needs.<group>.instances.${name}\`.`
    }
    diagnostics.error('unknown-instance', `unknown instance \`${name}\``, place.rangeOf(offset, length), { hint })
  }

  /** Names are compared as expressions compare: without regard to case. */
  function resolveLoosely(name: string, scope: Scope): string | undefined {
    const known = getOrAdd(
      loose,
      scope,
      () => new Map(visibleNames(scope).map((visible) => [visible.toLowerCase(), visible])),
    )
    const exact = known.get(name.toLowerCase())
    return exact === undefined ? undefined : resolveName(exact, scope, ids)
  }

  function shapesOf(draft: Draft, role: Role): Map<string, NeedShape> {
    const scope = lookupScope(draft, role)
    return getOrAdd(shapes, scope, () => new Map<string, NeedShape>())
  }

  function referencesIn(text: string): Reference[] {
    return splitTemplate(text).segments.flatMap((segment) =>
      segment.kind === 'expression' ? offsetBy(referencesTo(segment.source), segment.offset) : [],
    )
  }

  function referencesTo(source: string): readonly Reference[] {
    return getOrAdd(references, source, () => referencesOf(source))
  }

  function report(issues: readonly ExpressionIssue[], place: ExpressionPlace, base: number, draft?: Draft): void {
    for (const { code, message, offset, length, hint } of issues)
      diagnostics.error(code, message, place.rangeOf(base + offset, length), {
        hint:
          code === 'unavailable-context'
            ? (hintForContext(place.text.slice(base + offset, base + offset + length), place.role, draft) ?? hint)
            : hint,
      })
  }
}

function lookupScope(draft: Draft, role: Role): Scope {
  return draft.kind === 'group' && (role === 'outputs' || role === 'until') ? draft.inner : draft.scope
}

function offsetBy(references: readonly Reference[], by: number): Reference[] {
  return references.map((reference) => ({ ...reference, offset: reference.offset + by }))
}
