import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RefusalError, refusalOf, type Refusal } from '../../core/refusal.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Plan } from '../../core/plan.ts'
import { definitionsOf } from '../../core/definitions.ts'
import { runGit } from '../../process/git.ts'
import { formatDollars, formatPlural } from '../../report/quantities.ts'
import { knownCost } from '../../core/usage.ts'
import type { RunControl } from '../../run/control.ts'
import { readBranches } from '../../run/read-branches.ts'
import { resolveInputs } from '../../workflow/inputs.ts'
import { openCommits } from '../../worktree/change-commits.ts'
import { findRepository } from '../../worktree/repository.ts'
import { createScratchGit } from '../../worktree/scratch-git.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain, pathFromRoot } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { readGivenInputs } from '../given-inputs.ts'
import { quoted } from '../parse-arguments.ts'
import { readSimulation } from '../read-simulation.ts'
import { readDeskContext } from '../run/desk-context.ts'
import type { Surroundings } from '../surroundings.ts'
import { figuresOf, renderFigures } from './figures.ts'
import { mergedPulls, type MergedPull } from './merged-pulls.ts'
import { definedOf, prepareReplay, replay, type Replay, type ReplayedPull, type ReplayOptions } from './replay.ts'
import { openReviewers, type Reviewers } from './said-by-reviewers.ts'

/** A version of the file. */
interface Version {
  readonly path: string
  readonly plan: Plan
  readonly inputs: JsonObject
}

type Replayed = Replay & Pick<ReplayedPull, 'pull' | 'remarks'>

/** What `orchestrator backtest` does. */
export async function backtest(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const [count, days] = [readCount(line, 'pulls', 20), readCount(line, 'days', 30)]
  if (typeof count === 'object') return refuse(around, count)
  if (typeof days === 'object') return refuse(around, days)
  const versions = await readVersions(line, around)
  if (versions === undefined) return 2
  if ('mistake' in versions) return refuse(around, versions)
  const context = readDeskContext(undefined, around)
  if ('mistake' in context) return refuse(around, context)
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  const folder = mkdtempSync(join(tmpdir(), 'orchestrator-backtest-'))
  const interruption = listen(around)
  try {
    const env = definedOf(around.environment)
    const repository = findRepository(around.root)
    const options: ReplayOptions = {
      root: around.root,
      environment: around.environment,
      simulation,
      github: context.github,
      git: await createScratchGit(repository, folder, env),
      commits: openCommits(repository, { env }),
      connect: interruption.connect,
      before: interruption.before,
    }
    const pulls = await findPulls(count, days, env, around)
    const remote = (await runGit(['remote', 'get-url', 'origin'], { cwd: around.root, env })).stdout.trim()
    const reviewers = await openReviewers(around, remote, (mistake) => complain(around, { mistake }))
    const replays = await replayAll(pulls, versions, reviewers, options, around)
    if (interruption.before.aborted) return 130
    tell(versions, pulls, reviewers, replays, line.has('json'), around)
    return 0
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return interruption.before.aborted ? 130 : refuse(around, refusalOf(error))
  } finally {
    interruption.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

function readCount(line: CommandLine, option: string, standard: number): number | Refusal {
  const text = line.value(option)
  if (text === undefined) return standard
  return /^[1-9]\d{0,3}$/.test(text)
    ? Number(text)
    : { mistake: `--${option} must be a number from 1 to 9999, not ${quoted(text)}` }
}

/** The file, and the one it is held against; undefined when why there is none was said already. */
async function readVersions(
  line: CommandLine,
  around: Surroundings,
): Promise<readonly Version[] | Refusal | undefined> {
  const given = readGivenInputs(line)
  if ('mistake' in given) return given
  const first = chooseFile(line.operands[0], around)
  if (typeof first !== 'string') return first
  const against = line.value('against')
  const versions: Version[] = []
  for (const path of [first, ...(against === undefined ? [] : [pathFromRoot(against, around)])]) {
    const compiled = await compileOrComplain(path, around, given.inputs)
    if (compiled?.plan === undefined) return undefined
    const { plan } = compiled
    if (![...definitionsOf(plan.instances)].some(({ definition }) => definition.findings !== undefined))
      return {
        mistake: `no instance of ${path} reports findings`,
        hint: 'give an agent `output-schema: findings`, or a linter `parse: sarif`, `rdjson` or `eslint`',
      }
    const { inputs, problems } = resolveInputs(plan.inputs, given.inputs)
    if (problems[0] !== undefined) return { mistake: problems[0] }
    versions.push({ path, plan, inputs })
  }
  return versions
}

async function findPulls(
  count: number,
  days: number,
  env: Readonly<Record<string, string>>,
  { root }: Surroundings,
): Promise<MergedPull[]> {
  const git = { cwd: root, env }
  const { base } = readBranches(root)
  const isShallow = (await runGit(['rev-parse', '--is-shallow-repository'], git)).stdout.trim() === 'true'
  if (isShallow)
    throw new RefusalError(
      'this clone is shallow, and past pull requests are not in it',
      'fetch the rest: git fetch --unshallow',
    )
  const names = base === undefined ? ['HEAD'] : [`refs/remotes/origin/${base}`, `refs/heads/${base}`, 'HEAD']
  for (const name of names) {
    const { code, stdout } = await runGit(['rev-parse', '--verify', '--quiet', `${name}^{commit}`], git)
    if (code !== 0) continue
    const pulls = await mergedPulls(stdout.trim(), count, days, git)
    if (pulls.length > 0) return pulls
    throw new RefusalError(
      `the history of ${name} names no merged pull request`,
      'it is known by GitHub’s subjects: `Merge pull request #1 from …`, or `… (#1)`',
    )
  }
  throw new RefusalError('there is no commit yet')
}

/** One after the other: what runs beside it would make agents slower, and their providers refuse them. */
async function replayAll(
  pulls: readonly MergedPull[],
  versions: readonly Version[],
  reviewers: Reviewers,
  options: ReplayOptions,
  around: Surroundings,
): Promise<ReadonlyMap<Version, readonly Replayed[]>> {
  const replays = new Map<Version, Replayed[]>(versions.map((version) => [version, []]))
  for (const [index, pull] of pulls.entries()) {
    const prepared = await prepareReplay(
      pull,
      'ask' in reviewers ? await reviewers.ask(pull.number) : undefined,
      options,
    )
    for (const version of versions) {
      if (options.before.aborted) return replays
      const made = await replay(version.plan, version.inputs, prepared, options)
      replays.get(version)?.push({ ...made, pull, remarks: prepared.remarks })
      const { usd } = knownCost(made.report.accounting)
      const cost = usd === null ? '' : `, ${formatDollars(usd)}`
      const what = made.report.isWholeReview
        ? formatPlural(made.judgement.findings, 'finding')
        : `not reviewed (${made.report.reason})`
      around.err.write(`#${pull.number} (${index + 1} of ${pulls.length}) ${version.path}: ${what}${cost}\n`)
    }
  }
  return replays
}

function tell(
  versions: readonly Version[],
  pulls: readonly MergedPull[],
  reviewers: Reviewers,
  replays: ReadonlyMap<Version, readonly Replayed[]>,
  isJson: boolean,
  { out }: Surroundings,
): void {
  const figures = versions.map((version) => figuresOf(version.path, replays.get(version) ?? []))
  const unknown = 'unknown' in reviewers ? reviewers.unknown : null
  if (isJson) {
    const each = pulls.map(({ number, title }) => ({
      number,
      title,
      judgements: versions.map(
        (version) => replays.get(version)?.find(({ pull }) => pull.number === number)?.judgement ?? null,
      ),
    }))
    return out.write(`${JSON.stringify({ pulls: each, figures, commentsUnknown: unknown }, null, 2)}\n`)
  }
  const missed = figures.filter(({ notReviewed }) => notReviewed.length > 0)
  const lines = [
    ...renderFigures(figures),
    '',
    ...(unknown === null ? [] : [`What reviewers said is unknown: ${unknown}.`]),
    ...missed.map(
      ({ file, notReviewed }) =>
        `Not reviewed by ${file}, and left out: ${notReviewed.map((each) => `#${each}`).join(', ')}.`,
    ),
    'A finding without evidence may still be right, although nobody raised it and nobody changed its lines.',
  ]
  out.write(lines.map((each) => `${each}\n`).join(''))
}

function listen(around: Surroundings) {
  const before = new AbortController()
  let control: RunControl | undefined
  const end = around.onInterrupt((signal) => {
    if (before.signal.aborted) control?.kill(signal)
    else control?.interrupt(signal)
    before.abort()
  })
  return {
    end,
    before: before.signal,
    connect(connected: RunControl | undefined) {
      control = connected
    },
  }
}
