import type { ChangedPaths } from '../core/changes.ts'
import type { EarlierSpending } from '../core/earlier-spending.ts'
import type { Forecast } from '../core/forecast.ts'
import type { VariantRule } from '../core/instance.ts'
import type { JsonObject } from '../core/json.ts'
import type { Plan } from '../core/plan.ts'
import { analyzePlan, budgetOf, type AnalysisOptions, type PlanNode } from './plan-analysis.ts'
import { shownWhen } from './plan-words.ts'

/** An edge in `plan --format json`. */
export interface PlanJsonEdge {
  readonly from: string
  readonly to: string
  /** `success`, `failure`, `completed`, `skipped`, `always`, or an expression as `${{ … }}`. */
  readonly when: string
  readonly delayMs: number
  /** How many members of the group must have such an end; null where it is the end of the group or instance itself. */
  readonly atLeast: number | null
  /** Whether `when` is anything but `success`. */
  readonly conditional: boolean
}

/** An instance or group in `plan --format json`. What does not apply is null, never missing. */
export interface PlanJsonInstance {
  readonly id: string
  readonly label: string
  readonly kind: 'process' | 'sequence' | 'parallel' | 'matrix' | 'link'
  /** Id of the group it is a member of. */
  readonly parent: string | null
  /** Direct members of a group. */
  readonly members: readonly string[]
  /** Position in order of start, from 1; of a group, of its first and last members. */
  readonly levels: readonly [number, number]
  /** Stands for each cell of a matrix that is known only at run time. */
  readonly dynamic: boolean
  readonly matrix: JsonObject | null
  readonly needs: readonly string[]
  /** `at-least`: `atLeast` of them. */
  readonly join: 'all' | 'any' | 'at-least'
  readonly atLeast: number | null
  /** Condition without `${{ }}`. */
  readonly if: string | null
  /** `paths` or `paths-ignore`, and its globs. */
  readonly paths: ChangedPaths | null
  readonly runtime: string | null
  readonly model: string | null
  readonly agent: string | null
  /** The expanded command line, secrets masked. */
  readonly commandLine: string | null
  /** The conversation that it takes up: whose, and whether as a copy of its own. */
  readonly session: { readonly from: string; readonly fork: boolean } | null
  /** Labels of the runner, and the environment of GitHub, of the job that runs it where the run is spread over jobs. */
  readonly runsOn: readonly string[] | null
  readonly environment: string | null
  readonly timeoutMs: number | null
  /** Attempts with one runtime and model, and how many fallbacks come after. */
  readonly attempts: number | null
  readonly fallbacks: number | null
  readonly budget: {
    readonly tokens: number | null
    readonly costUsd: number | null
    readonly onExceeded: string
  } | null
  /** How many cells of a matrix run at most; the others are skipped. */
  readonly maxInstances: number | null
  /** Its members are variants: which of them run, and those that would now, null where that is not known. */
  readonly variant: {
    readonly by: VariantRule['by']
    readonly weights: VariantRule['weights'] | null
    readonly labels: VariantRule['labels'] | null
    readonly now: readonly string[] | null
  } | null
  /** How often a sequence is repeated: until the condition holds, at most `max` rounds. */
  readonly repeat: { readonly until: string; readonly max: number; readonly onExhausted: 'failure' | 'success' } | null
  readonly at: { readonly file: string; readonly line: number; readonly column: number } | null
}

/** What `plan --format json` prints. Keys are only ever added; `v` changes when one changes its meaning. */
export interface PlanJson {
  readonly v: 1
  readonly name: string
  readonly source: { readonly path: string; readonly sha256: string } | null
  readonly limits: {
    readonly total: number | null
    readonly agents: number | null
    readonly commands: number | null
    readonly timeoutMs: number | null
  }
  /** Ids of processes in order of start. */
  readonly levels: readonly (readonly string[])[]
  readonly criticalPath: readonly string[]
  /** What the budgets let the run spend, an estimate; null where none holds it. */
  readonly worstCase: {
    readonly tokens: number | null
    readonly costUsd: number | null
    readonly unbounded: readonly string[]
    readonly agentAttempts: number | null
  }
  /** What it will likely cost and take, by earlier runs; null where none is known. */
  readonly forecast: Forecast | null
  /** What other runs spent of a budget per day or week by now; null where there is no such budget. */
  readonly earlier: EarlierSpending | null
  readonly instances: readonly PlanJsonInstance[]
  readonly edges: readonly PlanJsonEdge[]
}

/** A plan as data for other programs: instances in the plan's order, gates left out. */
export function renderPlanJson(
  plan: Plan,
  options: AnalysisOptions & { readonly commandLines?: ReadonlyMap<string, string> } = {},
): PlanJson {
  const analysis = analyzePlan(plan, options)
  return {
    v: 1,
    name: plan.name,
    source: plan.source,
    limits: { ...plan.maxParallel, timeoutMs: plan.timeoutMs ?? null },
    levels: analysis.levels,
    criticalPath: analysis.criticalPath,
    worstCase: analysis.worstCase,
    forecast: analysis.forecast ?? null,
    earlier: options.earlier ?? null,
    instances: [...analysis.nodes.values()].map((node) => instanceJson(node, options.commandLines?.get(node.id))),
    edges: analysis.edges.map(({ from, to, edge, conditional }) => ({
      from,
      to,
      when: shownWhen(edge.when),
      delayMs: edge.delayMs,
      atLeast: edge.atLeast ?? null,
      conditional,
    })),
  }
}

function instanceJson(node: PlanNode, commandLine: string | undefined): PlanJsonInstance {
  const { instance } = node
  const opening = node.gate ?? instance
  const process = instance.kind === 'process' ? instance.process : undefined
  const job = instance.kind === 'process' ? instance.job : undefined
  const budget = budgetOf(instance)
  return {
    id: node.id,
    label: instance.label,
    kind: instance.kind === 'process' ? 'process' : instance.form,
    parent: instance.parent ?? null,
    members: node.children.map((child) => child.id),
    levels: [node.firstLevel, node.lastLevel],
    dynamic: node.dynamic,
    matrix: instance.matrix ?? null,
    needs: node.needs.map((edge) => edge.from),
    join: typeof opening.join === 'object' ? 'at-least' : opening.join,
    atLeast: typeof opening.join === 'object' ? opening.join.atLeast : null,
    if: opening.if ?? null,
    paths: opening.paths ?? null,
    runtime: process?.runtime ?? null,
    model: process?.model ?? null,
    agent: process?.agent ?? null,
    commandLine: commandLine ?? null,
    session: process?.session ?? null,
    runsOn: job?.runsOn ?? null,
    environment: job?.environment ?? null,
    timeoutMs: process?.timeoutMs ?? null,
    attempts: instance.kind === 'process' ? instance.retry.attempts : null,
    fallbacks: instance.kind === 'process' ? instance.fallback.length : null,
    budget:
      budget === undefined
        ? null
        : { tokens: budget.tokens ?? null, costUsd: budget.costUsd ?? null, onExceeded: budget.onExceeded },
    maxInstances: (instance.kind === 'group' ? instance.maxInstances : undefined) ?? null,
    variant: variantJson(node),
    repeat: (instance.kind === 'group' ? instance.repeat : undefined) ?? null,
    at: instance.at ?? null,
  }
}

function variantJson({ instance, choice }: PlanNode): PlanJsonInstance['variant'] {
  if (instance.kind !== 'group' || instance.variant === undefined) return null
  const { by, weights = null, labels = null } = instance.variant
  return { by, weights, labels, now: choice?.names ?? null }
}
