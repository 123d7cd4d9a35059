import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const entry = resolve(import.meta.dirname, '../dist/action/index.js')

/**
 * Milliseconds from starting the bundled action, as the runner does, until its first instance runs: the
 * instance creates a file that this process watches for.
 */
export async function measureActionStart(): Promise<number> {
  const workspace = mkdtempSync(join(tmpdir(), 'bench-action-'))
  try {
    writeFileSync(
      join(workspace, 'orchestrator.yml'),
      `name: bench\ninstances:\n  first:\n    command: [/bin/sh, -c, 'echo started > ${workspace}/signal; sleep 0']\n`,
    )
    for (const file of ['output', 'summary', 'state']) writeFileSync(join(workspace, file), '')
    return await startToSignal(workspace)
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function startToSignal(workspace: string): Promise<number> {
  const { watch } = await import('node:fs')
  const { promise, resolve: done } = Promise.withResolvers<number>()
  const startedAt = performance.now()
  const watcher = watch(workspace, (_, name) => {
    if (name === 'signal') done(performance.now() - startedAt)
  })
  const child = spawn(process.execPath, [entry], {
    cwd: workspace,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      HOME: workspace,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: join(workspace, 'output'),
      GITHUB_STATE: join(workspace, 'state'),
      GITHUB_STEP_SUMMARY: join(workspace, 'summary'),
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REPOSITORY: 'octo/bench',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'http://127.0.0.1:9',
      RUNNER_TEMP: workspace,
      INPUT_CONFIG: 'orchestrator.yml',
      INPUT_MODE: 'run',
      INPUT_COMMENT: 'false',
      'INPUT_ARTIFACT-NAME': 'none',
    },
  })
  const ended = new Promise<void>((resume) => child.on('exit', () => resume()))
  const elapsed = await Promise.race([promise, ended.then(() => Number.NaN)])
  watcher.close()
  child.kill('SIGKILL')
  await ended
  if (Number.isNaN(elapsed)) throw new Error('the action ended before its first instance started')
  return elapsed
}
