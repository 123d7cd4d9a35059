import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createRunnerReading, parseFileCommand, type RunnerReading } from './runner-commands.ts'

/** What a step is started with. */
export interface StepOptions {
  /** Absolute; the files of the runner lie in `temp`. */
  readonly workspace: string
  readonly temp: string
  readonly inputs: Readonly<Record<string, string>>
  /** Name and payload of the event. */
  readonly event: { readonly name: string; readonly payload: object }
  readonly repository: string
  readonly sha: string
  readonly actor?: string
  /** On top of what every step has: services, secrets of the job. */
  readonly environment?: Readonly<Record<string, string>>
  /** Default: the built `dist`. */
  readonly entries?: Entries
}

/** Files to start as `main` and `post`. */
export interface Entries {
  readonly main: string
  readonly post: string
}

/** What one stage of the step left behind. */
export interface Stage {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly durationMs: number
  readonly output: string
  readonly reading: RunnerReading
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Undefined when there is none, or when it was over the limit and dropped. */
  readonly summary: string | undefined
  readonly summaryDropped: boolean
}

/** A step that runs. */
export interface RunningStep {
  readonly pid: number
  /** Resolves with the text so far once `main` has printed something that matches. */
  printed(pattern: RegExp, withinMs?: number): Promise<string>
  /** The runner's cancel: SIGINT, then SIGTERM, then SIGKILL, to the node process alone. Other waits are for tests of this file. */
  cancel(termAfterMs?: number, killAfterMs?: number): void
  kill(signal: NodeJS.Signals): void
  /** `main`, when it has ended; `post` runs only with `finish`. */
  readonly main: Promise<Stage>
  /** Waits for `main`, then runs `post`; with another run directory than `main` left where one is given. */
  finish(runDirectory?: string): Promise<{ main: Stage; post: Stage }>
}

const root = resolve(import.meta.dirname, '../..')
const summaryLimitBytes = 1024 * 1024

/** `dist`, or with RIG_ENTRIES=src the sources. */
export function defaultEntries(): Entries {
  const built = { main: join(root, 'dist/action/index.js'), post: join(root, 'dist/post/index.js') }
  if (process.env['RIG_ENTRIES'] !== 'src' && existsSync(built.main)) return built
  return { main: join(root, 'src/action/start.ts'), post: join(root, 'src/action/start-post.ts') }
}

/** Starts a step as actions/runner starts a JavaScript action. */
export function startStep(options: StepOptions): RunningStep {
  const entries = options.entries ?? defaultEntries()
  const base = baseEnvironment(options)
  const main = startStage('main', entries.main, options, base)
  const ended = main.ended
  return {
    pid: main.child.pid ?? 0,
    main: ended,
    printed: (pattern, withinMs) => main.printed(pattern, withinMs),
    kill: (signal) => main.child.kill(signal),
    cancel(termAfterMs = 7500, killAfterMs = 2500) {
      main.child.kill('SIGINT')
      const term = setTimeout(() => main.child.kill('SIGTERM'), termAfterMs)
      const kill = setTimeout(() => main.child.kill('SIGKILL'), termAfterMs + killAfterMs)
      void ended.finally(() => {
        clearTimeout(term)
        clearTimeout(kill)
      })
    },
    async finish(runDirectory) {
      const first = await ended
      const state = Object.fromEntries(Object.entries(first.state).map(([name, value]) => [`STATE_${name}`, value]))
      if (runDirectory !== undefined) state['STATE_runDirectory'] = runDirectory
      const post = startStage('post', entries.post, options, { ...base, ...state })
      return { main: first, post: await post.ended }
    },
  }
}

/** Runs a step from its start to the end of `post`. */
export function runStep(options: StepOptions): Promise<{ main: Stage; post: Stage }> {
  return startStep(options).finish()
}

interface RunningStage {
  readonly child: ChildProcess
  readonly ended: Promise<Stage>
  printed(pattern: RegExp, withinMs?: number): Promise<string>
}

function startStage(
  name: string,
  entry: string,
  options: StepOptions,
  base: Readonly<Record<string, string>>,
): RunningStage {
  const folder = join(options.temp, `_runner_file_commands_${name}_${Date.now()}`)
  mkdirSync(folder, { recursive: true })
  const files: Record<string, string> = {}
  for (const each of ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']) {
    const path = join(folder, each.toLowerCase())
    writeFileSync(path, '')
    files[`GITHUB_${each}`] = path
  }
  const startedAt = performance.now()
  const child = spawn(process.execPath, [entry], {
    cwd: options.workspace,
    env: { ...base, ...files },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin?.end()
  const reading = createRunnerReading()
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      output += chunk
      for (const check of listeners) check()
    })
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => reading.line(line))
  }
  const ended = new Promise<Stage>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      try {
        resolve({ exitCode, signal, durationMs: performance.now() - startedAt, output, reading, ...readFiles(files) })
      } catch (error) {
        reject(error)
      }
    })
  })
  return {
    child,
    ended,
    printed(pattern, withinMs = 60_000) {
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer)
          listeners.delete(check)
        }
        const check = (): void => {
          if (!pattern.test(output)) return
          stop()
          resolve(output)
        }
        const timer = setTimeout(() => {
          stop()
          reject(new Error(`the step did not print ${pattern} in time, but:\n${output}`))
        }, withinMs)
        listeners.add(check)
        void ended.finally(() => {
          check()
          if (!listeners.has(check)) return
          stop()
          reject(new Error(`the step ended without printing ${pattern}, but:\n${output}`))
        })
        check()
      })
    },
  }
}

/** What the runner finds in a stage's files; throws where it fails the step. */
function readFiles(
  files: Readonly<Record<string, string>>,
): Pick<Stage, 'outputs' | 'state' | 'summary' | 'summaryDropped'> {
  const read = (name: string): string => readFileSync(files[name] ?? '', 'utf8')
  const summary = read('GITHUB_STEP_SUMMARY')
  const summaryDropped = Buffer.byteLength(summary) > summaryLimitBytes
  return {
    outputs: parseFileCommand(read('GITHUB_OUTPUT')),
    state: parseFileCommand(read('GITHUB_STATE')),
    summary: summaryDropped || summary === '' ? undefined : summary,
    summaryDropped,
  }
}

/** The environment of every JavaScript action: built, with nothing of the test's own but the PATH and the home. */
function baseEnvironment(options: StepOptions): Record<string, string> {
  mkdirSync(options.temp, { recursive: true })
  const eventPath = join(options.temp, 'event.json')
  writeFileSync(eventPath, JSON.stringify(options.event.payload))
  const inputs = Object.entries(options.inputs).map(([name, value]): [string, string] => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ])
  const [owner = ''] = options.repository.split('/')
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: options.actor ?? 'mona',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: options.event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: 'review',
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_REPOSITORY: options.repository,
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_NUMBER: '12',
    GITHUB_SHA: options.sha,
    GITHUB_WORKFLOW: 'Review',
    GITHUB_WORKSPACE: options.workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'rig',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: options.temp,
    RUNNER_TOOL_CACHE: join(options.temp, 'tools'),
    RUNNER_TRACKING_ID: 'github_rig',
    ...Object.fromEntries(inputs),
    ...options.environment,
  }
}
