import { parseJson } from '../core/parse-json.ts'
import { fieldOf } from '../core/field-of.ts'
import type { RunState } from '../core/run-state.ts'
import { attachedChanges } from '../core/changes.ts'
import { cutText } from '../core/cut-text.ts'
import { severities } from '../core/findings-schema.ts'
import type { LastReview, ReviewedFinding } from '../core/review-thread.ts'
import { dismissedOf } from '../report/set-aside-text.ts'
import type { ReportModel } from '../report/report-model.ts'

/** A comment has other things to say. */
const mostCharacters = 16_000
const titleCharacters = 160

const pattern = /^<!-- orchestrator:[^\n]*-->\n<!-- orchestrator-review ([\w-]+) -->/

/** The invisible line of the sticky comment that says what was reviewed last; nothing where there is no such review, or too much of it. */
export function reviewStateLine(last: LastReview | undefined): string {
  if (last === undefined) return ''
  const text = Buffer.from(JSON.stringify(last)).toString('base64url')
  return text.length > mostCharacters ? '' : `\n<!-- orchestrator-review ${text} -->`
}

/** What such a comment of ours says; undefined where it says nothing, or what nobody can read. */
export function readReviewState(body: string): LastReview | undefined {
  const [, data] = pattern.exec(body) ?? []
  if (data === undefined) return undefined
  try {
    const value: unknown = parseJson(Buffer.from(data, 'base64url').toString('utf8'))
    const [base, commit, findings] = ['base', 'commit', 'findings'].map((key) => fieldOf(value, key))
    if (!isCommit(base) || !isCommit(commit) || !Array.isArray(findings)) return undefined
    return { base, commit, findings: findings.map(readFinding) }
  } catch {
    return undefined
  }
}

/**
 * What the next run is to know: of a review in which all looked what it found, else what was known before. Of findings only those of agents that
 * read the changes: all others look at everything each time.
 */
export function nextReviewState(
  state: RunState,
  model: ReportModel,
  known: LastReview | undefined,
): LastReview | undefined {
  const { changes } = state.started?.context ?? {}
  if (changes === undefined || changes.base === null || changes.head === null || !model.isWholeReview) return known
  const readers = new Set(
    [...state.instances].flatMap(([id, { instance }]) =>
      instance.kind === 'process' && instance.pool === 'agents' && instance.process.attach.includes(attachedChanges)
        ? [id]
        : [],
    ),
  )
  // One that was carried over is of a reader, be it called otherwise now.
  const isReaders = ({ agents, reports }: ReportModel['findings'][number]): boolean =>
    reports.length === 0 || agents.some((id) => readers.has(id))
  const said = [...model.findings, ...dismissedOf(model.setAside)].filter(isReaders)
  return { base: changes.base, commit: changes.head, findings: said.map(reviewedFinding) }
}

function reviewedFinding({
  path,
  line,
  endLine,
  side,
  severity,
  category,
  rule,
  title,
  confidence,
  agents,
  state,
}: ReportModel['findings'][number]): ReviewedFinding {
  const place = { path, line, endLine, ...(side !== undefined && { side }) }
  const known = state === 'candidate' || state === 'refuted' ? {} : { state }
  return {
    ...place,
    severity,
    category,
    rule,
    title: cutText(title, titleCharacters),
    confidence,
    ...known,
    agents,
    code: [],
  }
}

function readFinding(value: unknown): ReviewedFinding {
  const text = (key: string): string | null => {
    const found = fieldOf(value, key)
    return typeof found === 'string' ? found : null
  }
  const number = (key: string): number | null => {
    const found = fieldOf(value, key)
    return typeof found === 'number' ? found : null
  }
  const agents = fieldOf(value, 'agents')
  const state = (['confirmed', 'plausible', 'unverified'] as const).find((each) => each === text('state'))
  return {
    path: text('path'),
    line: number('line'),
    endLine: number('endLine'),
    ...(text('side') === 'left' && { side: 'left' as const }),
    severity: severities.find((each) => each === text('severity')) ?? 'info',
    category: text('category'),
    rule: text('rule'),
    title: text('title') ?? '',
    confidence: number('confidence'),
    ...(state !== undefined && { state }),
    agents: Array.isArray(agents) ? agents.filter((each) => typeof each === 'string') : [],
    code: [],
  }
}

function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value)
}
