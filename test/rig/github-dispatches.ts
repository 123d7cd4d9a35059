import type { Operation } from './github-contract.ts'

/** A run of a workflow that was started by the API. */
export interface DispatchedRun {
  readonly id: number
  /** Name of the workflow's file. */
  readonly workflow: string
  readonly ref: string
  readonly inputs: Readonly<Record<string, string>>
}

const root = '/repos/{owner}/{repo}/actions'

/**
 * Workflows started by the API of a loopback GitHub. Each workflow shows its input `request` in its `run-name`; `unknown.yml` there is not. `described` is a
 * repository as GitHub describes one.
 */
export function createDispatches(
  repository: string,
  described: object,
): {
  readonly runs: DispatchedRun[]
  answer(operation: Operation, url: URL, body: unknown): { status: number; body?: unknown } | undefined
} {
  const runs: DispatchedRun[] = []
  return {
    runs,
    answer({ method, path, parameters }, url, body) {
      const workflow = parameters['workflow_id'] ?? ''
      const missing = { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' } }
      switch (`${method} ${path}`) {
        case `post ${root}/workflows/{workflow_id}/dispatches`: {
          if (workflow === 'unknown.yml') return missing
          const { ref, inputs, return_run_details: tells } = Object(body)
          const run = { id: 7000 + runs.length, workflow, ref: String(ref), inputs: { ...inputs } }
          runs.push(run)
          if (tells !== true) return { status: 204 }
          const { id, url: runUrl, html_url } = show(run)
          return { status: 200, body: { workflow_run_id: id, run_url: runUrl, html_url } }
        }
        case `get ${root}/workflows/{workflow_id}/runs`: {
          if (url.searchParams.get('event') !== 'workflow_dispatch') return undefined
          const ref = url.searchParams.get('branch')
          const found = runs
            .filter((run) => run.workflow === workflow && (ref === null || run.ref === ref))
            .toReversed()
          return { status: 200, body: { total_count: found.length, workflow_runs: found.map(show) } }
        }
        default:
          return undefined
      }
    },
  }

  function show({ id, workflow, ref, inputs }: DispatchedRun) {
    const api = `https://api.github.com/repos/${repository}/actions`
    const url = `${api}/runs/${id}`
    return {
      id,
      node_id: `WFR_${id}`,
      name: workflow,
      head_branch: ref,
      head_sha: '0'.repeat(40),
      path: `.github/workflows/${workflow}`,
      run_number: id,
      run_attempt: 1,
      display_title: `${workflow} ${inputs['request'] ?? ''}`.trim(),
      event: 'workflow_dispatch',
      status: 'queued',
      conclusion: null,
      workflow_id: 1,
      url,
      html_url: `https://github.com/${repository}/actions/runs/${id}`,
      pull_requests: [],
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
      head_commit: null,
      head_repository: described,
      repository: described,
      jobs_url: `${url}/jobs`,
      logs_url: `${url}/logs`,
      check_suite_url: `${api}/suites/1`,
      cancel_url: `${url}/cancel`,
      rerun_url: `${url}/rerun`,
      artifacts_url: `${url}/artifacts`,
      workflow_url: `${api}/workflows/1`,
    }
  }
}
