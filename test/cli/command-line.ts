import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The command line's own source. */
export const main = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** What a command line left. */
export interface Outcome {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

/** An empty directory with these files in it; removed by `dispose`. */
export function createPlace(files: Readonly<Record<string, string>> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'orchestrator-cli-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts the command line in a directory; `onOutput` sees all that it has written so far. */
export function start(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const waiting = new Set<() => void>()
  const look = (): void => {
    for (const check of waiting) check()
  }
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    look()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    look()
  })
  const ended = new Promise<Outcome>((done) => {
    child.on('close', (code, signal) => done({ code, signal, out, err }))
  })
  return {
    child,
    ended,
    /** Settles once the output matches. */
    says: (pattern: RegExp) =>
      new Promise<void>((done, fail) => {
        const check = (): void => {
          if (!pattern.test(out + err)) return
          waiting.delete(check)
          done()
        }
        waiting.add(check)
        check()
        void ended.then(() => fail(new Error(`never said ${pattern}: ${out}${err}`)))
      }),
  }
}

/** Runs the command line to its end. */
export function run(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return start(cwd, args, env).ended
}
