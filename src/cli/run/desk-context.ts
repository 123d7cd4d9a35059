import { fieldOf } from '../../core/field-of.ts'
import { resolve } from 'node:path'
import type { Json, JsonObject } from '../../core/json.ts'
import { readContexts } from '../../github/context.ts'
import { readHeadCommit } from '../../run/head-commit.ts'
import { readBranches } from '../../run/read-branches.ts'
import type { Surroundings } from '../surroundings.ts'
import { RefusalError, refusalOf, type Refusal } from '../../core/refusal.ts'

/** The contexts of expressions that GitHub fills in a workflow. */
export interface DeskContext {
  readonly github: JsonObject
  readonly runner: JsonObject
}

/**
 * The `github` and `runner` contexts of a run from the command line: what `GITHUB_*` and `RUNNER_*` say where they are set, the payload of
 * `--event`, and for the rest what the repository itself knows, so that a file works at a desk as it does in a workflow.
 */
export function readDeskContext(event: string | undefined, around: Surroundings): DeskContext | Refusal {
  const { environment, cwd, root } = around
  try {
    const given = event === undefined ? {} : { GITHUB_EVENT_PATH: resolve(cwd, event) }
    const isStep = environment['GITHUB_ACTIONS'] === 'true'
    const own = event !== undefined && isStep ? withoutEvent(environment) : environment
    const { github, runner, payload } = readContexts({ ...own, ...given })
    if (isStep && event === undefined) return { github, runner }
    const set = Object.fromEntries(Object.entries(github).filter(([, value]) => value !== ''))
    return { github: { ...guess(payload, root), ...set }, runner }
  } catch (error) {
    if (error instanceof RefusalError) return refusalOf(error)
    throw error
  }
}

/** An event named on the command line is not that of the workflow we are in. */
function withoutEvent(environment: Surroundings['environment']): Surroundings['environment'] {
  const foreign = new Set(['GITHUB_EVENT_NAME', 'GITHUB_BASE_REF', 'GITHUB_HEAD_REF'])
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.has(name)))
}

function guess(payload: JsonObject, root: string): JsonObject {
  const { current, base } = readBranches(root)
  const pullRequest = payload['pull_request']
  const repository = fieldOf(payload['repository'], 'full_name')
  const head = fieldOf(fieldOf(pullRequest, 'head'), 'ref')
  const branch = typeof head === 'string' ? head : current
  const values: Record<string, Json | undefined> = {
    event_name: eventName(payload),
    base_ref: fieldOf(fieldOf(pullRequest, 'base'), 'ref') ?? base,
    head_ref: branch,
    ref_name: branch,
    ref: branch === undefined ? undefined : `refs/heads/${branch}`,
    sha: readHeadCommit(root) ?? undefined,
    workspace: root,
    actor: fieldOf(payload['sender'], 'login'),
    repository,
    repository_owner: typeof repository === 'string' ? repository.split('/')[0] : undefined,
  }
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}

/** The event whose payload this looks like. */
function eventName(payload: JsonObject): string | undefined {
  const has = (key: string): boolean => payload[key] !== undefined
  if (has('pull_request')) return has('review') ? 'pull_request_review' : 'pull_request'
  if (has('issue')) return has('comment') ? 'issue_comment' : 'issues'
  if (has('workflow_run')) return 'workflow_run'
  if (has('release')) return 'release'
  if (has('schedule')) return 'schedule'
  if (has('inputs')) return 'workflow_dispatch'
  return has('commits') ? 'push' : undefined
}
