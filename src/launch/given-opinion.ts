import type { Opinion } from '../core/finding.ts'
import type { Json } from '../core/json.ts'
import type { Task } from '../core/task.ts'
import { createFileLines } from './file-lines.ts'

/**
 * What an attempt that verifies a finding says of it; nothing where it gave no answer. What it quotes must stand in the files below `root`: a
 * refutation without such code makes its finding `plausible`, no more.
 */
export async function givenOpinion(task: Task, json: Json, root: string): Promise<Opinion | undefined> {
  if (task.verifies !== true || json === null) return undefined
  const { readOpinion } = await import('../findings/verification.ts')
  const { findQuote } = await import('../findings/locate.ts')
  const { normalPath } = await import('../findings/normal-path.ts')
  const opinion = readOpinion(json)
  if (opinion === undefined) return undefined
  const linesOf = createFileLines(root)
  const evidence = opinion.evidence.flatMap(({ path: reported, line, quote }) => {
    const path = normalPath(reported, { root, directory: '' })
    const lines = path === null ? undefined : linesOf(path)
    const place = lines && findQuote(quote, lines, line ?? 1, line ?? lines.length)
    return path === null || place === undefined ? [] : [{ path, line: place[0], quote }]
  })
  if (opinion.verdict !== 'refuted' || evidence.length > 0) return { ...opinion, evidence }
  const why = opinion.evidence.length === 0 ? 'it quotes no code' : 'what it quotes is not in the files'
  return { verdict: 'plausible', reason: `${opinion.reason} (not taken as refuted: ${why})`.trim(), evidence }
}
