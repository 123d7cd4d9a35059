import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRepository, pushChange, type Files, type TestRepository } from '../rig/git-repository.ts'
import {
  pullRequestEvent,
  startGithubApi,
  type GithubApi,
  type GithubApiOptions,
  type TokenHolder,
} from '../rig/github-api.ts'
import { startResultsService, type ResultsService } from '../rig/results-service.ts'
import { runStep, startStep, type RunningStep, type Stage, type StepOptions } from '../rig/step-runner.ts'

/** A pull request on GitHub, its checkout on a runner, and the services of both. */
export interface Project {
  readonly repository: TestRepository
  readonly github: GithubApi
  readonly results: ResultsService
  /** Options of a step that runs for the pull request; `inputs` on top of a token and `simulate`. */
  step(inputs?: Readonly<Record<string, string>>, more?: Partial<StepOptions>): StepOptions
  run(inputs?: Readonly<Record<string, string>>, more?: Partial<StepOptions>): Promise<{ main: Stage; post: Stage }>
  start(inputs?: Readonly<Record<string, string>>, more?: Partial<StepOptions>): RunningStep
  /** Pushes a commit to the pull request. */
  push(change: Files): void
  close(): Promise<void>
}

/** Why tests of this folder are skipped; false runs them. */
export const skip = process.platform === 'win32' && 'their scripts are for a POSIX shell'
/** The same of tests that look for processes by their mark. */
export const skipOffLinux = process.platform !== 'linux' && 'the marks of processes are read from /proc'

/** The job's token, as if a real one. */
export const writeToken = 'ghs_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'
/** Another that may write, of no shape by which it could be known as a token. */
export const opaqueToken = 'opaque-word-of-the-job-5f1a'
/** The token a fork's pull request gets. */
export const readToken = 'ghs_Z1y2X3w4V5u6T7s8R9q0P1o2N3m4L5k6J7i8'

/** The actor of a step, and the author of the pull request. */
const writers: NonNullable<GithubApiOptions['permissions']> = { mona: 'write', Codertocat: 'admin' }
const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const binaries = resolve(import.meta.dirname, '../../node_modules/.bin')

/** Makes one; `fork` lets the pull request come from another repository. */
export async function openProject(
  base: Files,
  change: Files = {},
  fork = false,
  permissions = writers,
): Promise<Project> {
  const directory = mkdtempSync(join(tmpdir(), 'action-'))
  const repository = createRepository(directory, base, change)
  const { origin, baseSha, headSha, checkout } = repository
  let { mergeSha } = repository
  let api = {
    repository: 'octo/app',
    origin,
    pullRequest: { number: 1, baseSha, headSha, headRepository: fork ? 'mallory/app' : 'octo/app' },
    permissions,
    tokens: { [writeToken]: bot, [opaqueToken]: bot, [readToken]: { ...bot, write: false } },
  }
  const github = await startGithubApi(api)
  const results = await startResultsService()
  const running: RunningStep[] = []
  let steps = 0
  const step: Project['step'] = (inputs = {}, more = {}) => ({
    workspace: checkout,
    temp: join(directory, `temp-${++steps}`),
    repository: 'octo/app',
    sha: mergeSha,
    event: { name: 'pull_request', payload: pullRequestEvent(api) },
    inputs: { 'github-token': writeToken, simulate: 'true', ...inputs },
    ...more,
    environment: {
      PATH: `${binaries}:${process.env['PATH'] ?? ''}`,
      HOME: directory,
      GITHUB_API_URL: github.apiUrl,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      ...results.environment,
      ...more.environment,
    },
  })
  return {
    repository,
    github,
    results,
    step,
    run: (inputs, more) => runStep(step(inputs, more)),
    push(change) {
      const pushed = pushChange(directory, baseSha, change)
      ;({ mergeSha } = pushed)
      api = { ...api, pullRequest: { ...api.pullRequest, headSha: pushed.headSha } }
      github.move({ headSha: pushed.headSha })
    },
    start(inputs, more) {
      const started = startStep(step(inputs, more))
      running.push(started)
      return started
    },
    async close() {
      for (const started of running) started.kill('SIGKILL')
      await Promise.all(running.map(({ main }) => main))
      for (const pid of processesHolding(`GITHUB_WORKSPACE=${checkout}`)) kill(pid)
      await Promise.all([github.close(), results.close()])
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
      assert.deepEqual(github.violations, [])
    },
  }
}

/** The run directory that a stage left to `post`. */
export function runDirectoryOf(stage: Stage): string {
  const directory = stage.state['runDirectory']
  assert.ok(directory, `no run directory; the step printed:\n${stage.output}`)
  return directory
}

/** `run.json` of a run. */
export function readRun(directory: string): {
  result: string
  instances: { id: string; result: string; reason: string; text: string; outputs: Record<string, string> }[]
} {
  return JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
}

/** Files below a directory whose bytes hold the text. */
export function filesHolding(directory: string, text: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text))
}

/** Asks again until the answer is not undefined; rejects after `withinMs`. */
export async function eventually<T>(ask: () => T | undefined, withinMs = 60_000): Promise<T> {
  const until = performance.now() + withinMs
  for (;;) {
    const answer = ask()
    if (answer !== undefined) return answer
    if (performance.now() > until) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Ids of living processes that carry the mark of a run; none where there is no way to tell. */
export function processesOf(runId: string): number[] {
  return processesHolding(`ORCHESTRATOR_MARK=${runId}`)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

/** Ids of living processes whose environment holds a text. */
export function processesHolding(text: string): number[] {
  if (skipOffLinux !== false) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text)
      } catch {
        return false
      }
    })
    .map(Number)
}
