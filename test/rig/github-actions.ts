import { page } from './page.ts'
import { createHash } from 'node:crypto'
import type { Operation } from './github-contract.ts'

/** A workflow run as the server keeps it. */
export interface StoredRun {
  readonly id: number
  readonly attempt: number
  readonly event: string
  readonly headSha: string
  readonly headBranch: string
  readonly headRepository: string
  /** Path of the workflow's file. */
  readonly workflow: string
  status: string
  conclusion: string | null
  readonly artifacts: RunArtifact[]
}

/** An artifact of a workflow run. `size` and `digest` are what the server says, where that is not what the bytes have. */
export interface RunArtifact {
  readonly name: string
  readonly bytes: Buffer
  readonly size?: number
  readonly digest?: string
  readonly createdAt?: string
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const root = '/repos/{owner}/{repo}/actions'
const began = '2026-01-02T03:04:05Z'

/** Workflow runs and their artifacts on a loopback GitHub; `described` is a repository as GitHub describes one. */
export function createActions(repository: string, described: Readonly<Record<string, unknown>>) {
  const runs: StoredRun[] = []
  const idOf = (run: StoredRun, index: number): number => run.id * 100 + index
  const notFound = { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' } }
  return {
    runs,
    /** `blobs` is where archives lie: on another host, as on GitHub. */
    answer({ method, path, parameters }: Operation, url: URL, blobs: string): Answer | undefined {
      if (!path.startsWith(root)) return undefined
      const run = runs.find(({ id }) => id === Number(parameters['run_id']))
      switch (`${method} ${path}`) {
        case `get ${root}/runs/{run_id}`:
          return run === undefined ? notFound : { status: 200, body: showRun(run) }
        case `get ${root}/runs/{run_id}/artifacts`:
          if (run === undefined) return notFound
          return {
            status: 200,
            body: {
              total_count: run.artifacts.length,
              artifacts: run.artifacts.map((artifact, index) => showArtifact(run, artifact, idOf(run, index))),
            },
          }
        case `get ${root}/artifacts/{artifact_id}/{archive_format}`: {
          const location = `${blobs}/archives/${parameters['artifact_id']}`
          return { status: 302, headers: { location } }
        }
        case `post ${root}/runs/{run_id}/cancel`:
          if (run === undefined) return notFound
          if (run.status === 'completed')
            return { status: 409, body: { message: 'Cannot cancel a workflow run that is completed.' } }
          Object.assign(run, { status: 'completed', conclusion: 'cancelled' })
          return { status: 202, body: {} }
        case `post ${root}/runs/{run_id}/rerun-failed-jobs`:
          if (run === undefined) return notFound
          run.status = 'queued'
          return { status: 201, body: {} }
        case `get ${root}/workflows/{workflow_id}/runs`: {
          const of = decodeURIComponent(parameters['workflow_id'] ?? '')
          const [sha, event, branch, status] = ['head_sha', 'event', 'branch', 'status'].map((name) =>
            url.searchParams.get(name),
          )
          const found = runs
            .filter(({ workflow }) => workflow.endsWith(`/${of}`))
            .filter(({ headSha }) => sha === null || sha === undefined || sha === headSha)
            .filter((each) => event === null || event === each.event)
            .filter((each) => branch === null || branch === each.headBranch)
            .filter((each) => status === null || status === each.status)
            .toReversed()
          const { body, ...rest } = page(found.map(showRun), url)
          return { ...rest, body: { total_count: found.length, workflow_runs: body } }
        }
        default:
          return notFound
      }
    },
    /** The archive at a path; undefined for another path. */
    archive(path: string): Buffer | undefined {
      const id = Number(/^\/archives\/(\d+)$/.exec(path)?.[1])
      for (const run of runs)
        for (const [index, { bytes }] of run.artifacts.entries()) if (idOf(run, index) === id) return bytes
      return undefined
    },
  }

  function showRun(run: StoredRun): object {
    const api = `https://api.github.com/repos/${repository}/actions/runs/${run.id}`
    const owner = { ...Object(described['owner']), login: run.headRepository.split('/')[0] }
    const minimal = { ...described, owner }
    return {
      id: run.id,
      name: 'Checks',
      node_id: `WFR_${run.id}`,
      head_branch: run.headBranch,
      head_sha: run.headSha,
      path: run.workflow,
      display_title: 'Change',
      run_number: 1,
      run_attempt: run.attempt,
      run_started_at: began,
      event: run.event,
      status: run.status,
      conclusion: run.conclusion,
      workflow_id: 77,
      check_suite_id: 1,
      url: api,
      html_url: `https://github.com/${repository}/actions/runs/${run.id}`,
      pull_requests: [],
      created_at: began,
      updated_at: began,
      jobs_url: `${api}/jobs`,
      logs_url: `${api}/logs`,
      check_suite_url: api,
      artifacts_url: `${api}/artifacts`,
      cancel_url: `${api}/cancel`,
      rerun_url: `${api}/rerun`,
      workflow_url: api,
      head_commit: null,
      repository: minimal,
      head_repository: { ...minimal, full_name: run.headRepository },
    }
  }
}

function showArtifact(run: StoredRun, artifact: RunArtifact, id: number): object {
  const api = `https://api.github.com/repos/octo/app/actions/artifacts/${id}`
  const digest = `sha256:${createHash('sha256').update(artifact.bytes).digest('hex')}`
  return {
    id,
    node_id: `A_${id}`,
    name: artifact.name,
    size_in_bytes: artifact.size ?? artifact.bytes.length,
    url: api,
    archive_download_url: `${api}/zip`,
    expired: false,
    digest: artifact.digest ?? digest,
    created_at: artifact.createdAt ?? began,
    updated_at: began,
    expires_at: '2027-01-02T03:04:05Z',
    workflow_run: { id: run.id, head_sha: run.headSha },
  }
}
