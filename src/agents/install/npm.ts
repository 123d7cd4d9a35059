import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject } from '../../core/is-object.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Refusal } from '../../core/refusal.ts'
import { plainLine } from '../../core/plain-text.ts'
import { startOf } from '../../process/npm-shim.ts'
import { runProgram } from '../../process/run-program.ts'
import type { Package } from '../agent.ts'
import { commonEnvironment, networkNames, pickEnvironment } from '../environment.ts'
import { type LockEntry, packageJsonOf } from './lock-file.ts'
import { readTextFile } from '../../process/read-regular-file.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** npm as it is found here. */
export interface Npm {
  /** Path of npm. */
  readonly path: string
  /** The orchestrator's own environment: npm gets the network's part of it, and npm's own configuration. */
  readonly environment: Environment
  readonly abort?: AbortSignal
}

/** The largest CLI has 400 MB. */
const timeoutMs = 10 * 60_000

/** Runs npm in a directory; undefined, or what went wrong in one line. Scripts of packages run only where `args` say so. */
export async function runNpm(
  args: readonly string[],
  cwd: string,
  { path, environment, abort }: Npm,
): Promise<string | undefined> {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const { code, stdout, stderr } = await runProgram([...startOf(path), ...args, ...quiet], {
    cwd,
    env: environmentOf(environment),
    timeoutMs,
    ...(abort && { abort }),
  })
  if (code === 0) return undefined
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/, ''))
  // It begins with the code and the system call, in words of its own.
  const said = lines.find(
    (line) => line.trim() !== '' && !/^(?:npm warn|code|errno|syscall|path|dest|command) /i.test(line),
  )
  return plainLine(`npm ${args[0]}: ${said?.replace(/^(?:notarget|network|404) +/, '') ?? `exit ${code}`}`)
}

/** Where packages come from may be a secret of the machine's: its configuration is npm's to read. */
function environmentOf(own: Environment): Record<string, string> {
  const configuration = Object.keys(own).filter((name) => /^npm_config_/i.test(name))
  return {
    ...commonEnvironment(own),
    ...pickEnvironment(own, [...networkNames, ...configuration, 'NODE_AUTH_TOKEN', 'NPM_TOKEN']),
  }
}

/** What is kept of each package: enough for `npm ci`. */
const droppedFields = new Set(['resolved', 'license', 'funding'])

/** Asks npm what installing one version means: every package with its integrity. */
export async function resolveLock(from: Package, version: string, npm: Npm): Promise<LockEntry | Refusal> {
  const place = mkdtempSync(join(tmpdir(), 'orchestrator-lock-'))
  try {
    writeFileSync(join(place, 'package.json'), packageJsonOf(from, version))
    const problem = await runNpm(['install', '--package-lock-only', '--ignore-scripts'], place, npm)
    if (problem !== undefined) return { mistake: problem }
    const lock: { packages?: unknown } = JSON.parse(readTextFile(join(place, 'package-lock.json')))
    const packages = Object.entries(isObject<Record<string, JsonObject>>(lock.packages) ? lock.packages : {})
    const own = packages.find(([name]) => name === `node_modules/${from.npm}`)
    if (own?.[1]['version'] !== version) return { mistake: `npm has no ${from.npm}@${version}` }
    return {
      npm: from.npm,
      packages: Object.fromEntries(
        packages
          .filter(([name]) => name !== '')
          .map(([name, fields]) => [
            name,
            Object.fromEntries(Object.entries(fields).filter(([field]) => !droppedFields.has(field))),
          ]),
      ),
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
