import { readFileSync } from 'node:fs'
import type { Edge, Instance, Join, ProcessInstance, When } from '../../src/core/instance.ts'
import type { Plan } from '../../src/core/plan.ts'
import { evaluateExpression, isTruthy } from '../../src/expression/evaluate.ts'
import { edge, group, instance, planOf } from '../plan-views/plans.ts'
import { drivePlan, type Ending } from './drive-plan.ts'
import { condition as conditionOf, expression as edgeCondition } from '../rig/conditions.ts'

/** A row of a table of the page, its cells by the heading of their column. */
export interface RuleRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** Rows of all tables of a Markdown page that have this column. */
export function readRows(path: string, column: string): RuleRow[] {
  const rows: RuleRow[] = []
  let headings: string[] = []
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (!line.startsWith('|')) headings = []
    else if (headings.length === 0) headings = cellsOf(line)
    else if (!/^[|\s:-]+$/.test(line) && headings.includes(column)) {
      const cells = cellsOf(line)
      rows.push({
        line: index + 1,
        cells: Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? ''])),
      })
    }
  }
  return rows
}

/** Cells of a line, without their code marks; `\|` is a bar. */
function cellsOf(line: string): string[] {
  return line
    .slice(1)
    .split(/(?<!\\)\|/)
    .slice(0, -1)
    .map((cell) =>
      cell
        .trim()
        .replaceAll('`', '')
        .replaceAll(String.raw`\|`, '|'),
    )
}

/** An upstream as a row describes it: `b<a: late failure*` needs a, takes long, fails, and has `continue-on-error`. */
export interface Upstream {
  readonly id: string
  readonly after: string | undefined
  readonly late: boolean
  readonly outcome: 'success' | 'failure' | 'cancelled' | 'skipped'
  readonly continueOnError: boolean
}

/** `a: success, b<a: failure*` */
export function readUpstreams(text: string): Upstream[] {
  if (text === '') return []
  return text.split(',').map((part) => {
    const [, id = '', after, late, outcome = '', star] = /^\s*(\w+)(?:<(\w+))?: (late )?(\w+)(\*)?$/.exec(part) ?? []
    if (outcome !== 'success' && outcome !== 'failure' && outcome !== 'cancelled' && outcome !== 'skipped')
      throw new Error(`not an upstream: ${part}`)
    return { id, after, late: late !== undefined, outcome, continueOnError: star !== undefined }
  })
}

/** `a; b: failure; c: ${{ … }} after 10s` */
export function readEdges(text: string): Edge[] {
  if (text === '') return []
  return text.split(';').map((part) => {
    const [, from = '', when, delay] = /^\s*(\w+)(?:: (.*?))?(?: after (\d+)s)?\s*$/.exec(part) ?? []
    const expression = /^\$\{\{ (.*) \}\}$/.exec(when ?? '')?.[1]
    const isPlain = when === undefined && delay === undefined
    return edge(from, {
      when: expression === undefined ? readWhen(when ?? 'success') : edgeCondition(expression),
      delayMs: Number(delay ?? 0) * 1000,
      plain: isPlain,
    })
  })
}

function readWhen(word: string): When {
  if (word === 'success' || word === 'failure' || word === 'completed' || word === 'skipped' || word === 'always')
    return word
  throw new Error(`not a word for an edge: ${word}`)
}

/** `any`, `at least 2`; else all. */
function readJoin(text: string): Join {
  const [, atLeast] = /^at least (\d)$/.exec(text) ?? []
  return atLeast === undefined ? (text === 'any' ? 'any' : 'all') : { atLeast: Number(atLeast), cancelRest: false }
}

/** What becomes of the instance `x` that asks for `2 success` of the members of a group, and of the members. */
export function quorumOf(row: RuleRow): string {
  const members = readUpstreams(row.cells['members'] ?? '')
  const [, atLeast, when = '', rest] = /^(\d) (\w+)(, cancel-rest)?$/.exec(row.cells['asks for'] ?? '') ?? []
  const { endings, nodes } = groupOf('parallel', members, { failFast: false })
  const need = {
    when: readWhen(when),
    atLeast: Number(atLeast),
    ...(rest !== undefined && { cancelRest: true as const }),
  }
  const journal = drivePlan(planOf([...nodes, instance('x', { needs: [edge('g', need)] })]), endings)
  const ended = new Map(
    journal.flatMap((event) => (event.type === 'instance.ended' ? [[event.id, event] as const] : [])),
  )
  const startsEarly =
    (journal.find(({ type, ...event }) => type === 'attempt.started' && 'id' in event && event.id === 'x')?.at ??
      Infinity) < (ended.get('g')?.at ?? 0)
  const own =
    ended.get('x')?.result === 'success' ? (startsEarly ? 'runs early' : 'runs') : `skipped (${ended.get('x')?.reason})`
  return `${own}; group ${ended.get('g')?.result}`
}

/** How a repeated group ends whose only member ends so in its rounds: `success after 3 rounds`. */
export function repeatedOf(row: RuleRow): string {
  const rounds = (row.cells['each round'] ?? '').split(', ')
  const endings = new Map<string, Ending>()
  for (const [index, outcome] of rounds.entries())
    endings.set(index === 0 ? 'g.a' : `g.a#${index + 1}`, {
      outcome: outcome === 'success' ? 'success' : 'failure',
      durationMs: 10,
    })
  const nodes = group('g', 'sequence', [instance('g.a', { round: 1 })], {
    repeat: {
      until: row.cells['until'] ?? '',
      max: Number(row.cells['max']),
      onExhausted: row.cells['on-exhausted'] === 'success' ? 'success' : 'failure',
    },
  })
  const journal = drivePlan(planOf(nodes), endings)
  const end = journal.find((event) => event.type === 'instance.ended' && event.id === 'g')
  if (end?.type !== 'instance.ended') return 'never ends'
  const count = journal.filter(({ type }) => type === 'attempt.started').length
  const how = end.reason === 'exhausted' ? `${end.result} (exhausted)` : end.result
  return `${how} after ${count} round${count === 1 ? '' : 's'}`
}

/** What the engine makes of the instance `x` of a row: `runs`, `runs early`, `runs after 10s`, or `skipped (why)`. */
export function outcomeOf(row: RuleRow): string {
  const upstreams = readUpstreams(row.cells['upstreams'] ?? '')
  const endings = new Map<string, Ending>()
  const instances: ProcessInstance[] = upstreams.map(({ id, after, late, outcome, continueOnError }) => {
    if (outcome !== 'skipped') endings.set(id, { outcome, durationMs: late ? 60_000 : 10 })
    const condition = outcome === 'skipped' ? 'false' : after === undefined ? undefined : 'always()'
    return instance(id, {
      continueOnError,
      needs: after === undefined ? [] : [edge(after, { when: 'always', plain: false })],
      ...(condition !== undefined && conditionOf(condition)),
    })
  })
  const condition = row.cells['if'] ?? ''
  const x = instance('x', {
    needs: readEdges(row.cells['needs'] ?? ''),
    join: readJoin(row.cells['join'] ?? ''),
    ...(condition !== '' && conditionOf(condition)),
  })
  return describeEnd(planOf([...instances, x]), endings, upstreams)
}

function describeEnd(plan: Plan, endings: ReadonlyMap<string, Ending>, upstreams: readonly Upstream[]): string {
  const journal = drivePlan(plan, endings)
  const end = journal.find((event) => event.type === 'instance.ended' && event.id === 'x')
  if (end?.type !== 'instance.ended') return 'never ends'
  if (end.result !== 'success') return `${end.result} (${end.reason})`
  const start = journal.find((event) => event.type === 'attempt.started' && event.id === 'x')?.at ?? 0
  const ends = journal.filter((event) => event.type === 'instance.ended' && event.id !== 'x')
  if (ends.some(({ at }) => at > start)) return 'runs early'
  const waited = Math.round((start - Math.max(0, ...ends.map(({ at }) => at))) / 1000)
  return upstreams.length > 0 && waited > 0 ? `runs after ${waited}s` : 'runs'
}

/** What a group of a row ends as: `success`, or `failure (why)`. */
export function groupResultOf(row: RuleRow): string {
  const form = row.cells['form'] === 'sequence' ? 'sequence' : 'parallel'
  const members = readUpstreams(row.cells['members'] ?? '')
  const condition = row.cells['if'] ?? ''
  const { endings, nodes } = groupOf(form, members, {
    continueOnError: row.cells['continue-on-error'] === 'true',
    ...(condition !== '' && conditionOf(condition)),
  })
  const journal = drivePlan(planOf(nodes), endings)
  const end = journal.find((event) => event.type === 'instance.ended' && event.id === 'g')
  if (end?.type !== 'instance.ended') return 'never ends'
  return end.result === end.outcome ? end.result : `${end.result}, outcome ${end.outcome}`
}

function groupOf(form: 'sequence' | 'parallel', members: readonly Upstream[], over: Parameters<typeof group>[3] = {}) {
  const endings = new Map<string, Ending>()
  const processes = members.map(({ id, outcome, continueOnError, late }) => {
    const full = `g.${id}`
    if (outcome !== 'skipped') endings.set(full, { outcome, durationMs: late ? 60_000 : 10 })
    return instance(full, { continueOnError, ...(outcome === 'skipped' && conditionOf('false')) })
  })
  const nodes: Instance[] = group('g', form, processes, over)
  return { endings, nodes }
}

/**
 * What GitHub Actions does with a job that needs these, by its documentation ("Using conditions to control job
 * execution", "Status check functions"): without a status function in `if` every job before it, near or far, must
 * have succeeded (a skipped one has not); with one, the condition alone decides. `continue-on-error` makes a failure
 * a success. Written apart from the engine, to hold the page's column about Actions against.
 */
export function actionsOutcome(row: RuleRow, holds: (condition: string) => boolean): 'runs' | 'skipped' {
  const upstreams = readUpstreams(row.cells['upstreams'] ?? '')
  const condition = row.cells['if'] ?? ''
  const asksStatus = /\b(success|failure|always|cancelled)\(\)/.test(condition)
  if (!asksStatus && !ancestorsOf(row, upstreams).every((upstream) => resultOf(upstream) === 'success'))
    return 'skipped'
  return condition === '' || holds(condition) ? 'runs' : 'skipped'
}

function resultOf({ outcome, continueOnError }: Upstream): string {
  return outcome === 'failure' && continueOnError ? 'success' : outcome
}

/** The upstreams a row's instance needs, directly or through others. */
export function ancestorsOf(row: RuleRow, upstreams: readonly Upstream[]): Upstream[] {
  const wanted = readEdges(row.cells['needs'] ?? '').map(({ from }) => from)
  const found = new Map<string, Upstream>()
  for (const id of wanted) {
    const upstream = upstreams.find((candidate) => candidate.id === id)
    if (upstream === undefined || found.has(id)) continue
    found.set(id, upstream)
    if (upstream.after !== undefined) wanted.push(upstream.after)
  }
  return [...found.values()]
}

/** What the page's column about Actions must say of a row; `–` for what Actions cannot express. */
export function actionsColumn(row: RuleRow): string {
  const upstreams = readUpstreams(row.cells['upstreams'] ?? '')
  const edges = readEdges(row.cells['needs'] ?? '')
  const condition = row.cells['if'] ?? ''
  const foreign =
    edges.some(({ plain }) => !plain) ||
    readJoin(row.cells['join'] ?? '') !== 'all' ||
    /cancelled\(\)|fromJSON|\.(outcome|text|exit-code)\b/.test(condition.replaceAll('!cancelled()', 'always()'))
  if (foreign) return '–'
  const ancestors = ancestorsOf(row, upstreams)
  const contexts = {
    inputs: { yes: true, no: false },
    needs: Object.fromEntries(
      edges.map(({ from }) => {
        const upstream = upstreams.find(({ id }) => id === from)
        return [from, { result: upstream ? resultOf(upstream) : null, outputs: { score: '7', level: 'high' } }]
      }),
    ),
  }
  return actionsOutcome(row, (asked) =>
    isTruthy(
      evaluateExpression(asked, contexts, {
        success: () => ancestors.every((upstream) => resultOf(upstream) === 'success'),
        failure: () => ancestors.some((upstream) => resultOf(upstream) === 'failure'),
        always: () => true,
        cancelled: () => false,
      }),
    ),
  )
}
