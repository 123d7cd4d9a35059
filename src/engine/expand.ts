import { listNames } from '../core/list-names.ts'
import type { Expansion, GroupInstance } from '../core/instance.ts'
import type { Json } from '../core/json.ts'
import { instantiateTemplate, MatrixError, matrixLimit, readCells, type MatrixCell } from '../core/matrix.ts'
import { evaluateTemplate } from '../expression/evaluate.ts'
import { candidateCells, describeCandidate } from '../findings/verification.ts'
import { diffsOf } from './attached-diffs.ts'
import { contextsOf } from './contexts.ts'
import { endNode, record, type Decision } from './decision.ts'
import { findingsOf } from './assessed-findings.ts'
import type { Node } from './node.ts'
import { evaluateNamed } from './render.ts'

/** Makes the cells of a dynamic matrix when its gate opens; a matrix without meaning fails the group, an empty one skips it. */
export function expandGate(decision: Decision, gate: Node, group: GroupInstance, expansion: Expansion): void {
  const { splitBytes, candidates } = expansion
  if (splitBytes !== undefined) return expandChunks(decision, gate, group, expansion)
  if (candidates !== undefined) return expandCandidates(decision, gate, group, expansion, candidates)
  const contexts = contextsOf(decision.progress, gate)
  const evaluate = (value: Json): Json => {
    if (typeof value === 'string') return evaluateTemplate(value, contexts)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(evaluate)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item)]))
  }
  const evaluated = evaluateNamed('strategy.matrix', () => ({
    matrix: evaluate(expansion.matrix),
    include: expansion.include === undefined ? undefined : evaluate(expansion.include),
    exclude: expansion.exclude === undefined ? undefined : evaluate(expansion.exclude),
  }))
  if (evaluated.problem !== undefined)
    return endNode(decision, gate, { outcome: 'failure', reason: 'condition', detail: evaluated.problem })
  const { matrix, include, exclude } = evaluated.value
  const empty = emptyList(matrix, include)
  if (empty !== undefined)
    return endNode(decision, gate, { outcome: 'skipped', reason: 'condition', detail: `strategy.matrix: ${empty}` })
  const cells = readCells(matrix, include, exclude)
  if (cells instanceof MatrixError) {
    const detail = `strategy.matrix: ${cells.message}`
    return endNode(decision, gate, { outcome: 'failure', reason: 'condition', detail })
  }
  if (cells.length === 0)
    return endNode(decision, gate, { outcome: 'skipped', reason: 'condition', detail: 'strategy.matrix has no cells' })
  addCells(decision, gate, group, expansion, cells)
}

function addCells(
  decision: Decision,
  gate: Node,
  group: GroupInstance,
  { template }: Expansion,
  cells: readonly MatrixCell[],
): void {
  const { id } = group
  const members = cells.map((cell) => `${id}.${cell.slug}`)
  record(decision, {
    type: 'plan.expanded',
    group: id,
    members,
    instances: cells.flatMap((cell) => instantiateTemplate(template, id, cell)),
  })
  tellBeyond(decision, { ...group, members })
  endNode(decision, gate, { outcome: 'success' })
}

/** Says of a matrix that has more cells than it may run which of them are not. */
export function tellBeyond(decision: Decision, group: GroupInstance | undefined): void {
  if (group?.maxInstances === undefined) return
  const { id, members, maxInstances } = group
  const beyond = members.slice(maxInstances)
  if (beyond.length === 0) return
  const which = `strategy.max-instances runs the first ${maxInstances} of ${members.length}`
  record(decision, { type: 'notice', level: 'warning', id, message: `${which}; skipped: ${listNames(beyond, 20)}` })
}

/** A cell for each chunk of the diff. */
function expandChunks(decision: Decision, gate: Node, group: GroupInstance, expansion: Expansion): void {
  const of = diffsOf(decision.progress, expansion.splitBytes).length
  const skip = (detail: string): void => endNode(decision, gate, { outcome: 'skipped', reason: 'paths', detail })
  if (of === 0) return skip('split: no file changed that is neither generated nor binary')
  if (of > matrixLimit)
    return endNode(decision, gate, {
      outcome: 'failure',
      reason: 'condition',
      detail: `split: the diff has ${of} chunks, at most ${matrixLimit} are allowed; raise max-bytes`,
    })
  const cells = Array.from({ length: of }, (_, index) => ({
    values: { chunk: index + 1, chunks: of },
    slug: String(index + 1),
    label: `${index + 1} of ${of}`,
  }))
  addCells(decision, gate, group, expansion, cells)
}

/** A cell for each vote on each finding. */
function expandCandidates(
  decision: Decision,
  gate: Node,
  group: GroupInstance,
  expansion: Expansion,
  candidates: NonNullable<Expansion['candidates']>,
): void {
  const { standing } = findingsOf(decision.progress)
  const { cells, beyond } = candidateCells(standing, candidates)
  if (cells.length === 0)
    return endNode(decision, gate, { outcome: 'skipped', reason: 'condition', detail: 'there is no finding to verify' })
  if (beyond.length > 0) {
    const names = listNames(beyond.map(describeCandidate), 20)
    const message = `review.verify verifies the worst ${standing.length - beyond.length} of ${standing.length} findings; unverified: ${names}`
    record(decision, { type: 'notice', level: 'warning', id: group.id, message })
  }
  addCells(decision, gate, group, expansion, cells)
}

/** A list without values means that there is nothing to do, unless `include` says what. */
function emptyList(matrix: Json, include: Json | undefined): string | undefined {
  if (matrix === null || Array.isArray(matrix)) return undefined
  if (Array.isArray(include) && include.length > 0) return undefined
  const empty = Object.entries(matrix).find(([, values]) => Array.isArray(values) && values.length === 0)
  return empty === undefined ? undefined : `\`${empty[0]}\` has no values`
}
