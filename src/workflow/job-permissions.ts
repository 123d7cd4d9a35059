import { fieldOf } from '../core/field-of.ts'
import { parse } from 'yaml'
import { isObject } from '../core/is-object.ts'

/** A job of a workflow that runs an orchestration file with its own token. */
export interface OrchestratingJob {
  readonly job: string
  /** Whether only events of pull requests start it. */
  readonly isPullRequest: boolean
  /** Whether a scope can be written with the job's token; undefined where the workflow does not say, and the repository's setting holds. */
  readonly writes: ((scope: string) => boolean) | undefined
}

/** The events that start a workflow of whose jobs one runs this orchestration file, with whatever token. */
export function orchestratingEvents(workflow: string, path: string): string[] {
  const file = parsed(workflow)
  const jobs = fieldOf(file, 'jobs')
  const all = isObject<Record<string, unknown>>(jobs) ? Object.values(jobs) : []
  const runs = all.some((job) => {
    const steps = fieldOf(job, 'steps')
    return Array.isArray(steps) && steps.some((step) => namesFile(step, path))
  })
  return runs ? eventsOf(fieldOf(file, 'on')) : []
}

/** The path of the orchestration file where a step names none. */
const usualPath = '.github/orchestrator.yml'

/** How a workflow hands over the token of its job. */
const tokenOfJob = /^\$\{\{\s*(?:github\.token|secrets\.GITHUB_TOKEN)\s*\}\}$/i

/** The jobs of a workflow that run this orchestration file; none where the text is no workflow. A token that a step is given is not looked at. */
export function orchestratingJobs(workflow: string, path: string): OrchestratingJob[] {
  const file = parsed(workflow)
  const jobs = fieldOf(file, 'jobs')
  if (!isObject<Record<string, unknown>>(jobs)) return []
  const events = eventsOf(fieldOf(file, 'on'))
  const isPullRequest = events.length > 0 && events.every((event) => event.startsWith('pull_request'))
  return Object.entries(jobs).flatMap(([job, of]) => {
    const steps = fieldOf(of, 'steps')
    if (!Array.isArray(steps) || !steps.some((step) => runsFile(step, path))) return []
    return [{ job, isPullRequest, writes: writesOf(fieldOf(of, 'permissions') ?? fieldOf(file, 'permissions')) }]
  })
}

function parsed(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

function runsFile(step: unknown, path: string): boolean {
  const token = fieldOf(fieldOf(step, 'with'), 'github-token')
  const isJobs = token === undefined || (typeof token === 'string' && tokenOfJob.test(token))
  return isJobs && namesFile(step, path)
}

function namesFile(step: unknown, path: string): boolean {
  const uses = fieldOf(step, 'uses')
  const config = fieldOf(fieldOf(step, 'with'), 'config')
  if (typeof uses !== 'string') return false
  if (typeof config === 'string') return config.replace(/^\.\//, '') === path
  return path === usualPath && /(?:^|\/)orchestrator[\w-]*(?:@|$)/.test(uses)
}

function eventsOf(on: unknown): string[] {
  if (typeof on === 'string') return [on]
  if (Array.isArray(on)) return on.map(String)
  return isObject<Record<string, unknown>>(on) ? Object.keys(on) : []
}

function writesOf(permissions: unknown): OrchestratingJob['writes'] {
  if (permissions === 'write-all') return () => true
  if (permissions === 'read-all') return () => false
  if (!isObject<Record<string, unknown>>(permissions)) return undefined
  return (scope) => permissions[scope] === 'write'
}
