import type { Operation } from './github-contract.ts'

/** A check run as the server keeps it. */
export interface StoredCheckRun {
  readonly id: number
  readonly name: string
  readonly headSha: string
  readonly externalId: string
  status: string
  conclusion: string | null
  title: string
  summary: string
  readonly annotations: Record<string, unknown>[]
  /** How many annotations each request brought. */
  readonly batches: number[]
}

/** GitHub's limits of one request; longer ones are answered with 422. */
const annotationLimit = 50
const summaryLimit = 65_535

/** The check runs of the loopback GitHub; undefined for another operation. */
export function answerCheckRuns(
  { method, path, parameters }: Operation,
  url: URL,
  body: unknown,
  runs: StoredCheckRun[],
  repository: string,
): { status: number; body: object } | undefined {
  const show = (run: StoredCheckRun): object => showCheckRun(run, repository)
  if (method === 'get' && path === '/repos/{owner}/{repo}/commits/{ref}/check-runs') {
    const name = url.searchParams.get('check_name')
    const found = runs.filter((run) => run.headSha === parameters['ref'] && (name === null || run.name === name))
    return { status: 200, body: { total_count: found.length, check_runs: found.map(show) } }
  }
  if (!path.startsWith('/repos/{owner}/{repo}/check-runs')) return undefined
  const sent = asRecord(body)
  const output = asRecord(sent['output'])
  const annotations = Array.isArray(output['annotations']) ? output['annotations'].map(asRecord) : []
  if (annotations.length > annotationLimit || text(output['summary']).length > summaryLimit)
    return { status: 422, body: { message: 'Invalid request', documentation_url: 'https://docs.github.com/rest' } }
  let run = runs.find(({ id }) => id === Number(parameters['check_run_id']))
  if (method === 'patch' && run === undefined)
    return { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' } }
  if (run === undefined) {
    run = {
      id: 5000 + runs.length,
      name: text(sent['name']),
      headSha: text(sent['head_sha']),
      externalId: text(sent['external_id']),
      status: 'queued',
      conclusion: null,
      title: '',
      summary: '',
      annotations: [],
      batches: [],
    }
    runs.push(run)
  }
  if (typeof sent['conclusion'] === 'string')
    Object.assign(run, { conclusion: sent['conclusion'], status: 'completed' })
  if (sent['output'] !== undefined) {
    run.title = text(output['title'])
    run.summary = text(output['summary'])
    run.annotations.push(...annotations)
    if (annotations.length > 0) run.batches.push(annotations.length)
  }
  return { status: method === 'post' ? 201 : 200, body: show(run) }
}

function showCheckRun(run: StoredCheckRun, repository: string): object {
  const api = `https://api.github.com/repos/${repository}/check-runs/${run.id}`
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url: api,
    html_url: `https://github.com/${repository}/runs/${run.id}`,
    details_url: null,
    status: run.status,
    conclusion: run.conclusion,
    started_at: '2026-01-02T03:04:05Z',
    completed_at: run.conclusion === null ? null : '2026-01-02T03:04:05Z',
    check_suite: { id: 1 },
    output: {
      title: run.title,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/annotations`,
    },
    app: null,
    pull_requests: [],
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
