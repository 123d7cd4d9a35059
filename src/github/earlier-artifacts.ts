import { fieldOf } from '../core/field-of.ts'
import type { AskAboutRun, ListedArtifact } from './foreign-artifact.ts'
import { textIn } from './posting.ts'

/** A run of a workflow, as far as its artifacts are concerned. */
export interface EarlierRun {
  readonly id: number
  /** `owner/name`; null when the repository of its commit is gone. */
  readonly headRepository: string | null
  /** The event that it ran for. */
  readonly event: string
  readonly url: string
  /** As GitHub says it, such as `success` or `skipped`. */
  readonly conclusion: string
}

/** Runs of a page, and how many pages are asked for: forks, whose runs do not count, may have had many. */
const perPage = 20
const pages = 10

/** So many runs of a workflow for a branch are looked at. */
export const mostRuns = perPage * pages

/** The runs of a workflow for a branch that have ended, the newest first; a page is asked for when it is wanted. */
export async function* listRuns(
  workflow: string,
  branch: string,
  { api, repository, signal }: AskAboutRun,
): AsyncGenerator<EarlierRun> {
  for (let page = 1; page <= pages; page++) {
    const { data } = await api(
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
      {
        owner: repository.owner,
        repo: repository.name,
        workflow_id: workflow,
        branch,
        status: 'completed',
        per_page: perPage,
        page,
      },
      signal,
    )
    const listed = listIn(data, 'workflow_runs')
    for (const each of listed) {
      const name = fieldOf(fieldOf(each, 'head_repository'), 'full_name')
      yield {
        id: Number(fieldOf(each, 'id')),
        headRepository: typeof name === 'string' ? name : null,
        event: textIn(each, 'event'),
        url: textIn(each, 'html_url'),
        conclusion: textIn(each, 'conclusion'),
      }
    }
    if (listed.length < perPage) return
  }
}

/** Which artifacts of a workflow's earlier runs are looked for. */
export interface ArtifactSearch {
  readonly workflow: string
  /** The best first. */
  readonly branches: readonly string[]
  /** Runs that do not count are passed over. */
  readonly counts: (run: EarlierRun) => boolean
  readonly isWanted: (name: string) => boolean
  /** The artifacts of so many runs of a branch are listed at most. */
  readonly runs: number
}

/** Artifacts of earlier runs: of the first branch before those of the next, of newer runs before those of older ones. */
export async function* findArtifacts(
  { workflow, branches, counts, isWanted, runs }: ArtifactSearch,
  asking: AskAboutRun,
): AsyncGenerator<{ readonly run: EarlierRun; readonly artifact: ListedArtifact }> {
  for (const branch of branches) {
    let left = runs
    for await (const run of listRuns(workflow, branch, asking)) {
      if (!counts(run)) continue
      for (const artifact of await listRunArtifacts(run.id, isWanted, asking)) yield { run, artifact }
      left--
      if (left === 0) break
    }
  }
}

/** Whether a run was for a commit of this repository itself, and not of a fork. */
export function isOwnRun({ headRepository }: EarlierRun, { owner, name }: AskAboutRun['repository']): boolean {
  return headRepository === `${owner}/${name}`
}

/** The artifacts of all attempts of a run whose name is one of the wanted, the newest first. */
export async function listRunArtifacts(
  run: number,
  isWanted: (name: string) => boolean,
  { api, repository, signal }: AskAboutRun,
): Promise<ListedArtifact[]> {
  const { data } = await api(
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    { owner: repository.owner, repo: repository.name, run_id: run, per_page: 100 },
    signal,
  )
  return listIn(data, 'artifacts')
    .filter((each) => fieldOf(each, 'expired') !== true && isWanted(textIn(each, 'name')))
    .toSorted((one, other) => (textIn(one, 'created_at') < textIn(other, 'created_at') ? 1 : -1))
    .map((each) => ({
      id: Number(fieldOf(each, 'id')),
      name: textIn(each, 'name'),
      bytes: Number(fieldOf(each, 'size_in_bytes')),
      digest: textIn(each, 'digest') || undefined,
    }))
}

function listIn(value: unknown, key: string): unknown[] {
  const listed = fieldOf(value, key)
  return Array.isArray(listed) ? (listed as unknown[]) : []
}
