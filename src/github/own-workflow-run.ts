import { fieldOf } from '../core/field-of.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError } from './api.ts'
import type { RunPosition } from './comment-key.ts'
import type { Repository } from './commit-files.ts'
import { isFateUnknown } from './insist.ts'
import { BranchError } from './own-branch.ts'

/** A workflow to start. */
export interface WorkflowRequest {
  /** Name of its file. */
  readonly workflow: string
  /** A branch or tag. */
  readonly ref: string
  readonly inputs: Readonly<Record<string, string>>
  /** The input by which the run is known again, since the workflow shows it in its `run-name`. */
  readonly mark: string | undefined
}

/** Who starts it: `id` is the same in every attempt; `again` says that an earlier one may have. */
export interface WorkflowIdentity {
  readonly id: string
  readonly position: RunPosition
  readonly again: boolean
}

/** A run of a workflow. */
interface StartedRun {
  readonly number?: number
  readonly url?: string
}

/** A new run is listed after a moment. */
const listedAfterMs = 2000
const looks = 3
/** Pages of a hundred runs that are searched. */
const pages = 5

/**
 * Starts a workflow, unless an earlier attempt has. GitHub tells two requests apart by nothing but what the workflow shows: with `mark`, by that. Without it, a run
 * that an earlier attempt may have started is for a person to look at, and nothing is started.
 */
export async function startWorkflow(
  repository: Repository,
  request: WorkflowRequest,
  { id, position, again }: WorkflowIdentity,
): Promise<StartedRun> {
  const { signal } = repository
  const isRepeated = again || position.attempt > 1
  if (isRepeated) {
    const found = await findRun(repository, request, id, position)
    if (found !== undefined) return found
  }
  try {
    return await dispatch(repository, request, id)
  } catch (error) {
    if (!isFateUnknown(error, signal)) throw error
    for (let look = 1; look <= looks; look++) {
      await delay(listedAfterMs, undefined, { signal })
      const found = await findRun(repository, request, id, position)
      if (found !== undefined) return found
    }
    return dispatch(repository, request, id)
  }
}

async function dispatch(
  { api, owner, repo, signal }: Repository,
  { workflow, ref, inputs, mark }: WorkflowRequest,
  id: string,
): Promise<StartedRun> {
  const route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches'
  const given = { ...inputs, ...(mark !== undefined && { [mark]: id }) }
  const body = { owner, repo, workflow_id: workflow, ref, inputs: given }
  const { data } = await api(route, { ...body, return_run_details: true }, signal).catch((error: unknown) => {
    // A server that does not know the key yet.
    if (error instanceof ApiError && error.status === 422 && /return_run_details/.test(error.message))
      return api(route, body, signal)
    throw error
  })
  return runOf(fieldOf(data, 'workflow_run_id'), fieldOf(data, 'html_url'))
}

/** The run that was started for this identity; throws BranchError where one was started that may have been. */
async function findRun(
  repository: Repository,
  { workflow, ref, mark }: WorkflowRequest,
  id: string,
  { run }: RunPosition,
): Promise<StartedRun | undefined> {
  const { api, owner, repo, signal } = repository
  const since = await beganAt(repository, run)
  for (let page = 1; page <= pages; page++) {
    const { data, headers } = await api(
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
      { owner, repo, workflow_id: workflow, branch: ref, event: 'workflow_dispatch', per_page: 100, page },
      signal,
    )
    const listed = fieldOf(data, 'workflow_runs')
    const all: readonly unknown[] = Array.isArray(listed) ? listed : []
    // The newest come first.
    const runs = all.filter((each) => !(createdAt(each) < since))
    const [found] = mark === undefined ? runs : runs.filter((each) => titleOf(each).includes(id))
    if (found !== undefined && mark === undefined)
      throw new BranchError(
        `an earlier attempt may have started it (${String(fieldOf(found, 'html_url'))}): give \`dispatch\` a \`mark\` that the workflow shows in its \`run-name\`, so that it can be told`,
      )
    if (found !== undefined) return runOf(fieldOf(found, 'id'), fieldOf(found, 'html_url'))
    if (runs.length < all.length || !/\brel="next"/.test(String(headers['link'] ?? ''))) break
  }
  return undefined
}

/** When our own workflow run began, in milliseconds; NaN where GitHub does not say: then every run of the other may be meant. */
async function beganAt({ api, owner, repo, signal }: Repository, run: number): Promise<number> {
  try {
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}'
    return createdAt((await api(route, { owner, repo, run_id: run }, signal)).data)
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return Number.NaN
    throw error
  }
}

function createdAt(run: unknown): number {
  return Date.parse(String(fieldOf(run, 'created_at')))
}

function titleOf(run: unknown): string {
  const title = fieldOf(run, 'display_title')
  return typeof title === 'string' ? title : ''
}

function runOf(id: unknown, url: unknown): StartedRun {
  return { ...(typeof id === 'number' && { number: id }), ...(typeof url === 'string' && { url }) }
}
