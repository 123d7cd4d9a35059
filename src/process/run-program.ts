import { spawn, type ChildProcess } from 'node:child_process'
import { markVariable } from './mark.ts'
import { codeOf } from './spawn-error.ts'
import { sweepMarked } from './sweep.ts'

/** How to run a short helper command. */
export interface RunProgramOptions {
  readonly cwd: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** It is killed after this many milliseconds, with what it started. */
  readonly timeoutMs: number
  readonly stdin?: string | Uint8Array
  /** It is killed, with what it started, when this aborts. */
  readonly abort?: AbortSignal
  /** How its outputs become text; `latin1` keeps every byte. */
  readonly encoding?: 'utf8' | 'latin1'
}

/** What a helper command left; `code` is null when a signal ended it or it never ran. */
export interface ProgramResult {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** Most bytes of each output; a command that prints more is killed. */
const maxOutputBytes = 64 * 1024 * 1024

/** How long what a command started may keep its outputs open after its end. */
const lingerMs = 1000

let count = 0

/**
 * Runs a helper command of ours (git, a version probe) and collects its output. Never rejects: a program that could not be started
 * has code null and the reason in `stderr`. It has a process group and a mark of its own, below that of `env`, so that its end by time takes
 * along whatever it started. Not for instances: no logs.
 */
export async function runProgram(argv: readonly string[], options: RunProgramOptions): Promise<ProgramResult> {
  const [program = '', ...args] = argv
  const mark = `helper-${process.pid}-${++count}`
  const outer = options.env[markVariable]
  let child: ChildProcess
  try {
    child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...options.env, [markVariable]: outer ? `${outer}:${mark}` : mark },
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: 'pipe',
    })
  } catch (error) {
    return { code: null, signal: null, stdout: '', stderr: codeOf(error) }
  }
  const encoding = options.encoding ?? 'utf8'
  const ended = await watch(child, options)
  if (ended.killed) await sweepMarked(mark)
  const stderr = ended.stderr.toString(encoding)
  return {
    code: ended.code,
    signal: ended.signal,
    stdout: ended.stdout.toString(encoding),
    stderr: ended.problem === undefined || stderr !== '' ? stderr : ended.problem,
  }
}

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: Buffer
  readonly stderr: Buffer
  readonly killed: boolean
  readonly problem?: string
}

function watch(child: ChildProcess, options: RunProgramOptions): Promise<Ended> {
  return new Promise((resolve) => {
    const outputs: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] }
    let killed = false
    let problem: string | undefined
    let end: { code: number | null; signal: string | null } = { code: null, signal: null }
    let linger: NodeJS.Timeout | undefined

    const kill = (why: string): void => {
      problem ??= why
      killed = true
      killGroup(child)
    }
    const stop = (): void => kill('stopped')
    const settle = (): void => {
      clearTimeout(limit)
      options.abort?.removeEventListener('abort', stop)
      clearTimeout(linger)
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy()
      const stdout = Buffer.concat(outputs.stdout)
      const stderr = Buffer.concat(outputs.stderr)
      resolve({ ...end, stdout, stderr, killed, ...(problem !== undefined && { problem }) })
    }
    const limit = setTimeout(() => kill(`not finished after ${options.timeoutMs} ms`), options.timeoutMs)
    if (options.abort?.aborted === true) stop()
    options.abort?.addEventListener('abort', stop, { once: true })
    for (const name of ['stdout', 'stderr'] as const) {
      let bytes = 0
      child[name]?.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxOutputBytes) kill(`more than ${maxOutputBytes} bytes of output`)
        else outputs[name].push(chunk)
      })
    }
    child.on('error', (error) => {
      problem = codeOf(error)
      settle()
    })
    child.on('exit', (code, signal) => {
      end = { code, signal }
      linger = setTimeout(() => {
        killed = true
        killGroup(child)
        settle()
      }, lingerMs)
    })
    child.on('close', settle)
    child.stdin?.on('error', () => {})
    child.stdin?.end(options.stdin ?? '')
  })
}

function killGroup(child: ChildProcess): void {
  const { pid } = child
  try {
    if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
