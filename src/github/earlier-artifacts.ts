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

/** The last runs of a workflow for a branch that have ended, the newest first. */
export async function listRuns(
  workflow: string,
  branch: string,
  { api, repository, signal }: AskAboutRun,
): Promise<EarlierRun[]> {
  const { data } = await api(
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    {
      owner: repository.owner,
      repo: repository.name,
      workflow_id: workflow,
      branch,
      status: 'completed',
      per_page: 10,
    },
    signal,
  )
  return listIn(data, 'workflow_runs').map((each) => {
    const name = fieldOf(fieldOf(each, 'head_repository'), 'full_name')
    return {
      id: Number(fieldOf(each, 'id')),
      headRepository: typeof name === 'string' ? name : null,
      event: textIn(each, 'event'),
      url: textIn(each, 'html_url'),
      conclusion: textIn(each, 'conclusion'),
    }
  })
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
