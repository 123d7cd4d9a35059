import { knownCost, roundUsd, sumAccounting, totalTokens } from '../../core/usage.ts'
import { formatCount, formatDollars } from '../../report/quantities.ts'
import { renderTable } from '../render-table.ts'
import type { Replay, ReplayedPull } from './replay.ts'

/** What one file came to, as `--json` prints it; null is unknown. */
export interface Figures {
  readonly file: string
  /** Pull requests in which everybody looked who was asked, and others, which count in nothing but the cost. */
  readonly reviewed: number
  readonly notReviewed: readonly number[]
  readonly findings: number
  readonly saidByReviewers: number | null
  readonly changedAfterwards: number
  /** Neither; they may be right. */
  readonly noEvidence: number
  /** A lower bound, from 0 to 1; null without findings. */
  readonly precisionAtLeast: number | null
  readonly comments: number | null
  readonly commentsFound: number | null
  /** From 0 to 1; null where no comment is known. */
  readonly recall: number | null
  readonly tokens: number | null
  readonly costUsd: number | null
  /** For each finding that somebody said or whose lines were changed; null where there is none, or a cost is not known. */
  readonly costPerAcceptedUsd: number | null
}

/** Adds up what one file made of pull requests. */
export function figuresOf(
  file: string,
  replays: readonly (Replay & Pick<ReplayedPull, 'pull' | 'remarks'>)[],
): Figures {
  const whole = replays.filter(({ report }) => report.isWholeReview)
  const sum = (of: (each: (typeof whole)[number]) => number): number => whole.reduce((all, each) => all + of(each), 0)
  const findings = sum(({ judgement }) => judgement.findings)
  const said = sum(({ judgement }) => judgement.said)
  const changed = sum(({ judgement }) => judgement.changed)
  const isKnown = whole.some(({ remarks }) => remarks !== undefined)
  const [comments, found] = [sum(({ judgement }) => judgement.remarks), sum(({ judgement }) => judgement.remarksFound)]
  const accounting = sumAccounting(replays.map(({ report }) => report.accounting))
  const { usd, atLeast } = knownCost(accounting)
  const costUsd = atLeast ? null : usd
  const accepted = said + changed
  return {
    file,
    reviewed: whole.length,
    notReviewed: replays.filter((each) => !whole.includes(each)).map(({ pull }) => pull.number),
    findings,
    saidByReviewers: isKnown ? said : null,
    changedAfterwards: changed,
    noEvidence: findings - accepted,
    precisionAtLeast: findings === 0 ? null : accepted / findings,
    comments: isKnown ? comments : null,
    commentsFound: isKnown ? found : null,
    recall: isKnown && comments > 0 ? found / comments : null,
    tokens: accounting.usage === null || accounting.partial ? null : totalTokens(accounting.usage),
    costUsd: roundUsd(costUsd),
    costPerAcceptedUsd: costUsd === null || accepted === 0 ? null : roundUsd(costUsd / accepted),
  }
}

/** The figures of one file, or of two side by side. */
export function renderFigures(all: readonly Figures[]): string[] {
  const percent = (share: number | null): string => (share === null ? 'unknown' : `${Math.round(share * 100)} %`)
  const count = (value: number | null): string => (value === null ? 'unknown' : formatCount(value))
  const dollars = (value: number | null): string => (value === null ? 'unknown' : formatDollars(value))
  const rows: readonly (readonly [string, (of: Figures) => string])[] = [
    ['pull requests reviewed', ({ reviewed }) => String(reviewed)],
    ['findings', ({ findings }) => String(findings)],
    ['  a reviewer said it too', ({ saidByReviewers }) => count(saidByReviewers)],
    ['  else, lines changed afterwards', ({ changedAfterwards }) => String(changedAfterwards)],
    ['  no evidence', ({ noEvidence }) => String(noEvidence)],
    [
      'precision, at least',
      ({ findings, precisionAtLeast }) => (findings === 0 ? 'no findings' : percent(precisionAtLeast)),
    ],
    [
      'recall of reviewers’ comments',
      ({ comments, commentsFound, recall }) =>
        comments === 0
          ? 'no comments'
          : recall === null
            ? 'unknown'
            : `${percent(recall)} (${commentsFound} of ${comments})`,
    ],
    ['tokens', ({ tokens }) => count(tokens)],
    ['cost', ({ costUsd }) => dollars(costUsd)],
    [
      'cost per accepted finding',
      ({ costPerAcceptedUsd, saidByReviewers, changedAfterwards }) =>
        (saidByReviewers ?? 0) + changedAfterwards === 0 ? 'none accepted' : dollars(costPerAcceptedUsd),
    ],
  ]
  return renderTable(
    ['', ...all.map(({ file }) => file)],
    rows.map(([name, of]) => [name, ...all.map(of)]),
  )
}
