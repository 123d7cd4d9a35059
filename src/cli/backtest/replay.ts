import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MergedFinding } from '../../core/finding.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { Plan } from '../../core/plan.ts'
import { RefusalError } from '../../core/refusal.ts'
import { linesToFollow, type PlacedThread, type ReviewThread } from '../../core/review-thread.ts'
import { ownTrust } from '../../core/run-trust.ts'
import { tellingLine } from '../../core/telling-line.ts'
import { judgeFindings, type Judgement, type Remark } from '../../findings/judge.ts'
import { plainLines } from '../../findings/follow-code.ts'
import { runGit } from '../../process/git.ts'
import { readNamedText, readTextIfThere } from '../../process/read-named-file.ts'
import { removeTree } from '../../process/remove-tree.ts'
import type { ReportModel } from '../../report/report-model.ts'
import type { RunControl } from '../../run/control.ts'
import { executeRun } from '../../run/execute-run.ts'
import { followThreads } from '../../run/follow-threads.ts'
import type { SimulationRules } from '../../simulate/rules.ts'
import type { Commits } from '../../worktree/change-commits.ts'
import type { ScratchGit } from '../../worktree/scratch-git.ts'
import type { MergedPull } from './merged-pulls.ts'
import type { ReviewerComment } from './said-by-reviewers.ts'

/** What replays share. */
export interface ReplayOptions {
  /** The repository, and where its runs are kept. */
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly simulation: SimulationRules | undefined
  readonly github: JsonObject
  readonly git: ScratchGit
  readonly commits: Commits
  readonly connect: (control: RunControl | undefined) => void
  readonly before: AbortSignal
}

/** A pull request as it is replayed. */
export interface ReplayedPull {
  readonly pull: MergedPull
  /** Commit (hex) that the reviewers see. */
  readonly head: string
  /** What people said that is in it; undefined where that is not known. */
  readonly remarks: readonly Remark[] | undefined
}

/** What one file made of one pull request. */
export interface Replay {
  readonly judgement: Judgement
  readonly report: ReportModel
}

/**
 * What is replayed of a pull request: as people saw it who said something first, where git can have that commit, else as it was merged. What was said of
 * code that is not in it yet is left out.
 */
export async function prepareReplay(
  pull: MergedPull,
  comments: readonly ReviewerComment[] | undefined,
  options: ReplayOptions,
): Promise<ReplayedPull> {
  if (comments === undefined) return { pull, head: pull.head, remarks: undefined }
  let head: string | undefined
  for (const { commit } of comments.toSorted((a, b) => (a.at < b.at ? -1 : 1)))
    if (commit !== '' && (await options.commits.obtain([commit]).catch(() => false))) {
      head = commit
      break
    }
  head ??= pull.head
  const threads = comments.map(({ text: _text, at: _at, ...lines }, index) =>
    linesToFollow({ id: String(index), pull: 0, ...lines, said: null }),
  )
  const placed = await follow(threads, { pull, head, to: head }, options)
  const remarks = placed.flatMap(({ place, side }, index): Remark[] => {
    const { kind, ...lines } = place
    const own = { ...lines, ...(side !== undefined && { side }) }
    return kind === 'same' ? [{ ...own, text: comments[index]?.text ?? '' }] : []
  })
  return { pull, head, remarks }
}

/** Runs a plan for a pull request in a clone of its own, which is gone afterwards, and judges what it found. */
export async function replay(
  plan: Plan,
  inputs: JsonObject,
  replayed: ReplayedPull,
  options: ReplayOptions,
): Promise<Replay> {
  const { root, environment, simulation, connect, before } = options
  const clone = mkdtempSync(join(tmpdir(), 'orchestrator-backtest-'))
  try {
    await checkOut(clone, replayed.head, options)
    const outcome = await executeRun({
      plan,
      inputs,
      only: null,
      workspace: clone,
      root: join(root, '.orchestrator/backtest'),
      environment,
      trust: ownTrust,
      ...(simulation !== undefined && { simulation }),
      github: eventOf(replayed, options.github),
      readCommitted: async (path) => readTextIfThere(join(root, path)),
      reporters: () => [],
      connect,
      before,
    })
    const { findings } = outcome.report
    const changed = await changedAfterwards(findings, replayed, clone, options)
    return {
      report: outcome.report,
      judgement: judgeFindings(findings, replayed.remarks ?? [], (each) => changed.has(each)),
    }
  } finally {
    await removeTree(clone)
  }
}

/** The objects are the repository's; everything else of the clone, its configuration too, is its own. */
async function checkOut(clone: string, head: string, { root, environment }: ReplayOptions): Promise<void> {
  const env = definedOf(environment)
  for (const args of [
    ['clone', '--quiet', '--shared', '--no-checkout', '--', root, clone],
    ['-C', clone, 'checkout', '--quiet', '--detach', head],
  ]) {
    const { code, stderr } = await runGit(args, { cwd: root, env })
    if (code !== 0) throw new RefusalError(`git cannot check out ${head}: ${tellingLine(stderr)}`)
  }
}

/** The event of the pull request, when it was opened. */
function eventOf({ pull, head }: ReplayedPull, github: JsonObject): JsonObject {
  const { run_id: _run, ...known } = github
  const pullRequest: Json = {
    number: pull.number,
    title: pull.title,
    base: { sha: pull.base },
    head: { sha: head },
  }
  return {
    ...known,
    event_name: 'pull_request',
    sha: head,
    event: { action: 'opened', number: pull.number, pull_request: pullRequest },
  }
}

/** Findings whose lines were changed, by later commits of the pull request or after it. */
async function changedAfterwards(
  findings: readonly MergedFinding[],
  { pull, head }: ReplayedPull,
  clone: string,
  options: ReplayOptions,
): Promise<Set<MergedFinding>> {
  const threads = findings.flatMap((finding, index): ReviewThread[] => {
    const { path, line, side, severity, category, rule, title, confidence, agents } = finding
    if (path === null || line === null) return []
    const endLine = finding.endLine ?? line
    const code = side === 'left' ? [] : plainLines(readNamedText(join(clone, path)) ?? '').slice(line - 1, endLine)
    const said = { severity, category, rule, title, confidence, agents, code }
    const lines = { path, line, endLine, ...(side !== undefined && { side }) }
    return [linesToFollow({ id: String(index), pull: 0, ...lines, commit: head, said })]
  })
  const placed = await follow(threads, { pull, head, to: pull.after }, options)
  const isChanged = ({ place }: PlacedThread): boolean => place.kind === 'changed' || place.kind === 'gone'
  return new Set(placed.filter(isChanged).flatMap(({ id }) => findings[Number(id)] ?? []))
}

async function follow(
  threads: readonly ReviewThread[],
  { pull, head, to }: Pick<ReplayedPull, 'pull' | 'head'> & { readonly to: string },
  { git, commits }: ReplayOptions,
): Promise<PlacedThread[]> {
  const base = (await commits.mergeBase(pull.base, head)) ?? pull.base
  return followThreads(threads, { git, commits, base, head: to, pull: 0, files: [] })
}

/** Variables that are set. */
export function definedOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
