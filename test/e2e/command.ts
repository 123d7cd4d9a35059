import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The project's root, and the built command line as a user starts it. */
export const root = resolve(import.meta.dirname, '../..')
const cli = join(root, 'dist/cli/index.js')

/** An environment with the agent CLIs on the PATH and nothing of the tester's own. */
export function cleanEnvironment(home: string): Record<string, string> {
  return { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, HOME: home, LANG: 'C.UTF-8' }
}

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** A started `orchestrator`, to wait for or to signal. */
export interface Started {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
}

/** Starts the built command line in a folder. */
export function startOrchestrator(args: readonly string[], cwd: string, env?: Record<string, string>): Started {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...cleanEnvironment(cwd), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: string[] = []
  const err: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
  const finished = new Promise<Finished>((settle, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => settle({ code, signal, stdout: out.join(''), stderr: err.join('') }))
  })
  return { child, finished }
}

/** Runs the built command line to its end. */
export function orchestrator(args: readonly string[], cwd: string, env?: Record<string, string>): Promise<Finished> {
  return startOrchestrator(args, cwd, env).finished
}

/** A fresh folder with the given files, removed afterwards. */
export async function inFolder<T>(files: Record<string, string>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'orchestrator-e2e-'))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The events of a journal, as data; a torn last line is left out. */
export function journalOf(runDirectory: string): Record<string, unknown>[] {
  const lines = readFileSync(join(runDirectory, 'journal.ndjson'), 'utf8').split('\n')
  return lines.slice(0, -1).map((line): Record<string, unknown> => JSON.parse(line))
}

/** Ids of the processes, the asker's own aside, whose environment carries the run's mark (Linux). */
export function processesOf(runId: string): number[] {
  const needle = `ORCHESTRATOR_MARK=${runId}`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(needle)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Waits until a condition holds; fails, naming it, when it does not in time. */
export async function until(what: string, holds: () => boolean, deadlineMs = 20_000): Promise<void> {
  const end = performance.now() + deadlineMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not in ${deadlineMs} ms: ${what}`)
    await new Promise((resume) => setTimeout(resume, 10))
  }
}
