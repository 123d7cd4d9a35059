import { createClaudeAccounting } from '../src/agents/claude/accounting.ts'
import { instantiateTemplate, matrixCells } from '../src/core/matrix.ts'
import { plainText } from '../src/core/plain-text.ts'
import { renderPlanJson } from '../src/report/plan-json.ts'
import { reconcile } from '../src/findings/reconcile.ts'
import { createGraph, findCycles } from '../src/workflow/cycles.ts'
import { edge, instance, planOf } from '../test/plan-views/plans.ts'
import { compileText } from '../test/workflow/golden-files.ts'
import { medians } from './time-command.ts'

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** What must grow no faster than its input, and the size that is the larger of two, eight times the smaller. */
const grown: Record<string, { readonly size: number; readonly prepare: (size: number) => () => unknown }> = {
  'a ring of instances': {
    size: 16_000,
    prepare: (size) => {
      const graph = createGraph(
        size,
        range(size),
        range(size).map((index) => (index + 1) % size),
      )
      return () => findCycles(graph)
    },
  },
  'the critical path': {
    size: 16_000,
    prepare: (size) => {
      const back = (index: number) =>
        [1, 2, 3].filter((steps) => steps <= index).map((steps) => edge(`i${index - steps}`))
      const plan = planOf(range(size).map((index) => instance(`i${index}`, { needs: back(index) })))
      return () => renderPlanJson(plan).criticalPath
    },
  },
  'equal cells of a matrix': {
    size: 10_000,
    prepare: (size) => () => matrixCells({ x: range(size).map(() => 'same') }),
  },
  ...Object.fromEntries(
    ['x', '\u001B[', '\u001B]', '\r', ' \n'].map((unit) => [
      `text of ${JSON.stringify(unit)}`,
      { size: 400_000, prepare: (size: number) => () => plainText(unit.repeat(size)) },
    ]),
  ),
  'messages of an agent': {
    size: 16_000,
    prepare: (size) => () => {
      const accounting = createClaudeAccounting()
      for (const id of range(size)) {
        accounting.onAssistant({ message: { id: `m${id}`, model: 'm', usage: { input_tokens: 1, output_tokens: 1 } } })
        accounting.current()
      }
    },
  },
  'a file of one key': {
    size: 16_000,
    prepare: (size) => () => compileText(`instances:\n${'  a: { run: make }\n'.repeat(size)}`),
  },
  'a file of one line': {
    size: 2_000_000,
    prepare: (size) => () => compileText(`instances: { a: { run: "${'x'.repeat(size)}", nope: 1 } }`),
  },
  'a file of open expressions': {
    size: 16_000,
    prepare: (size) => () => compileText(`instances: { a: { prompt: "${'${{ '.repeat(size)}" } }`),
  },
  'findings of one file': {
    size: 64_000,
    prepare: (size) => {
      const said = { path: 'a.ts', line: 1, endLine: 1, severity: 'low', rule: null, category: null } as const
      const rest = {
        body: '',
        suggestion: null,
        confidence: null,
        agents: ['a'],
        state: 'unverified',
        reports: [],
      } as const
      const findings = range(size).map((index) => ({ ...said, title: `t${index}`, ...rest }))
      return () => reconcile([], findings, () => true)
    },
  },
}

/** How much longer each takes for eight times the input, where eight is in proportion. */
export async function measureGrowth(): Promise<Record<string, number>> {
  const names = Object.keys(grown)
  const found = await medians(
    5,
    Object.values(grown).flatMap(({ size, prepare }) => [prepare(size / 8), prepare(size)].map(timed)),
  )
  return Object.fromEntries(names.map((name, index) => [name, (found[2 * index + 1] ?? 0) / (found[2 * index] ?? 0)]))
}

/** Milliseconds to expand a dynamic matrix of 5,000 cells, two instances each. */
export async function measureExpansion(): Promise<number> {
  const { plan } = compileText(`instances:
  list: { run: ls }
  fix:
    needs: list
    strategy: { matrix: { file: "\${{ fromJSON(needs.list.text) }}" } }
    sequence: [{ id: look, run: cat }, { id: mend, run: make }]
`)
  const gate = plan?.instances.find((each) => each.kind === 'gate' && each.expansion !== undefined)
  if (gate?.kind !== 'gate' || gate.expansion === undefined) throw new Error('the matrix is not dynamic')
  const { template } = gate.expansion
  const expand = () =>
    matrixCells({ file: range(5000).map((index) => `src/${index}.ts`) }).flatMap((cell) =>
      instantiateTemplate(template, 'fix', cell),
    )
  const [ms = Number.NaN] = await medians(5, [timed(expand)])
  return ms
}

/** A way to time `work`, in milliseconds. */
function timed(work: () => unknown): () => Promise<number> {
  return async () => {
    const before = performance.now()
    work()
    return performance.now() - before
  }
}
