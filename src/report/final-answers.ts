import type { ReportModel, ReportRow } from './report-model.ts'

/** The answers that reports show: those that `report.answer` names, as far as there are any, else the final ones. */
export function findAnswers(model: Pick<ReportModel, 'rows' | 'edges' | 'answerOf'>): ReportRow[] {
  const named = model.answerOf === null ? [] : answersIn(model.rows, model.answerOf)
  return named.length > 0 ? named : finalAnswers(model)
}

/** What an instance said, or what is inside of a group. */
function answersIn(rows: readonly ReportRow[], id: string): ReportRow[] {
  const inside = new Set([id])
  for (const row of rows) if (row.parent !== null && inside.has(row.parent)) inside.add(row.id)
  return rows.filter((row) => inside.has(row.id) && row.outcome === 'success' && row.text.trim() !== '')
}

/**
 * The answers of agents that no later answer builds upon, in the order of the plan: what the run was for, also where a command that publishes it
 * runs afterwards.
 */
function finalAnswers({ rows, edges }: Pick<ReportModel, 'rows' | 'edges'>): ReportRow[] {
  const answers = rows.filter(
    (row) =>
      row.isAgent && row.outcome === 'success' && row.text.trim() !== '' && (row.reportsFindings || !row.isInFindings),
  )
  if (answers.length === 0) return answers
  const parentOf = new Map(rows.map(({ id, parent }) => [id, parent]))
  const upstreams = grouped(edges.map(({ from, to }) => [to, from]))
  const members = grouped(rows.flatMap(({ id, parent }) => (parent === null ? [] : [[parent, id]])))
  // Backwards from the start of each answer, over ends and starts of instances and of the groups around them.
  const reached = { start: new Set<string>(), end: new Set<string>() }
  const waiting: ['start' | 'end', string][] = answers.map(({ id }) => ['start', id])
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [side, id] = next
    if (reached[side].has(id)) continue
    reached[side].add(id)
    const parent = parentOf.get(id)
    if (side === 'start') {
      for (const from of upstreams.get(id) ?? []) waiting.push(['end', from])
      if (parent !== null && parent !== undefined) waiting.push(['start', parent])
    } else {
      const inside = members.get(id)
      if (inside === undefined) waiting.push(['start', id])
      else for (const member of inside) waiting.push(['end', member])
    }
  }
  return answers.filter(({ id }) => !reached.end.has(id))
}

function grouped(pairs: readonly (readonly string[])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [key = '', value = ''] of pairs) {
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [value])
    else known.push(value)
  }
  return groups
}
