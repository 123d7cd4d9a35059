import { execFile } from 'node:child_process'
import { codeOf } from './spawn-error.ts'

/** How to run a short helper command. */
export interface RunProgramOptions {
  readonly cwd: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** It is killed after this many milliseconds. */
  readonly timeoutMs: number
  readonly stdin?: string | Uint8Array
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

/**
 * Runs a helper command of ours (git, a version probe) and collects its output. Never rejects: a program that could not be started
 * has code null and the reason in `stderr`. Not for instances: no group, no logs, no sweep.
 */
export function runProgram(argv: readonly string[], options: RunProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const [program = '', ...args] = argv
    const settle = (error: unknown, stdout: string, stderr: string): void => {
      if (error === null) resolve({ code: 0, signal: null, stdout, stderr })
      else resolve(failed(error, stdout, stderr))
    }
    try {
      const child = execFile(
        program,
        args,
        {
          cwd: options.cwd,
          env: options.env,
          timeout: options.timeoutMs,
          killSignal: 'SIGKILL',
          maxBuffer: maxOutputBytes,
          windowsHide: true,
        },
        settle,
      )
      child.stdin?.on('error', () => {})
      child.stdin?.end(options.stdin ?? '')
    } catch (error) {
      settle(error, '', '')
    }
  })
}

function failed(error: unknown, stdout: string, stderr: string): ProgramResult {
  const { code, signal } = error as { code?: unknown; signal?: unknown }
  if (typeof code === 'number') return { code, signal: null, stdout, stderr }
  if (typeof signal === 'string') return { code: null, signal, stdout, stderr }
  return { code: null, signal: null, stdout, stderr: stderr === '' ? codeOf(error) : stderr }
}
