import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SandboxRules } from '../../core/confinement.ts'
import { plainLine } from '../../core/plain-text.ts'
import { tellingLine } from '../../core/telling-line.ts'
import { createInstaller, type Installer } from '../../agents/install/installer.ts'
import { printLock, lockKey } from '../../agents/install/lock-file.ts'
import { removeTree } from '../../process/remove-tree.ts'
import type { Exit, Spawn } from '../../process/spawn.ts'
import { unguessable } from '../../process/unguessable.ts'
import type { ConfinedAttempt, Confinement } from '../confinement.ts'
import { driverScript } from './driver-script.ts'
import { findSandbox } from './find-sandbox.ts'
import { innerCommand } from './inner-command.ts'
import { sandboxLock, sandboxVersion } from './runtime-lock.ts'
import { settingsOf } from './settings-of.ts'

/** The sandboxes of a run. */
export interface Sandboxes {
  /** A sandbox for each process of one attempt; or why there is none. */
  confine(attempt: ConfinedAttempt, rules: SandboxRules): Promise<Confinement | { readonly problem: string }>
  /** Ends what is being installed. */
  close(): Promise<void>
}

/** What it takes to make sandboxes. */
export interface SandboxesOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The directory of all temporary directories. */
  readonly temporary: string
  readonly note: (level: 'notice' | 'warning', message: string) => void
}

/** The sandbox runtime as the installer knows a program. */
const runtime = {
  name: 'sandbox-runtime',
  program: 'srt',
  versionArgs: ['--version'],
  package: { npm: sandboxLock.npm, version: sandboxVersion, accountedFrom: sandboxVersion },
}

/** Longest path of a socket (unix(7)), without what the runtime calls its own. */
const longestFolder = 107 - '/claude-http-0123456789abcdef.sock'.length

/** What env(1) says of a program that is not there. */
const isMissing = /^(?:\/\S*\/)?env: .*: No such file or directory\s*$/

/** Variables that the runtime leads to places of its own. */
const restoredNames = ['TMPDIR', 'HOME', 'PATH']

/** Sandboxes of one run; what makes them is found, or installed, when the first is wanted. */
export function createSandboxes({ environment, temporary, note }: SandboxesOptions): Sandboxes {
  let finding: ReturnType<typeof findSandbox> | undefined
  let installer: Installer | undefined

  /** The folder of its program. */
  const library = async (): Promise<string | { readonly problem: string }> => {
    installer ??= createInstaller({
      versions: { [runtime.name]: sandboxVersion },
      lock: printLock({ [lockKey(runtime.name, sandboxVersion)]: sandboxLock }),
      environment,
      note,
    })
    const problem = await installer.ready(runtime)
    const path = installer.path(runtime.program)
    if (problem !== undefined || path === undefined) return { problem: problem ?? 'the sandbox runtime is not there' }
    return dirname(realpathSync(path))
  }

  return {
    async confine(attempt, rules) {
      const found = await (finding ??= findSandbox(environment))
      if ('problem' in found) {
        finding = undefined
        return { problem: `it cannot have a sandbox: ${found.problem}; ${found.hint}` }
      }
      const programs = await library()
      if (typeof programs !== 'string') return { problem: `it cannot have a sandbox: ${programs.problem}` }
      const index = pathToFileURL(join(programs, 'index.js')).href
      const { home } = attempt.directory
      const own = join(dirname(home), 'box')
      const sockets = own.length > longestFolder ? mkdtempSync('/tmp/orch-box-') : own
      mkdirSync(own, { recursive: true, mode: 0o700 })
      const { settings, ports } = settingsOf(attempt, rules, {
        own: sockets,
        runtime: dirname(programs),
        userHome: environment['HOME'],
        temporary,
      })
      const around = (spawn: Spawn): Spawn => {
        const mark = `ORCHESTRATOR_INSIDE=${unguessable()}`
        const restored = Object.fromEntries(
          restoredNames.flatMap((name) => (spawn.env[name] === undefined ? [] : [[name, spawn.env[name]]])),
        )
        const command = innerCommand({ spawn, ports, mark, restored })
        const orders = join(own, 'orders.json')
        const driver = join(own, 'driver.mjs')
        writeFileSync(orders, JSON.stringify({ library: index, settings, command, mark }), { mode: 0o600 })
        writeFileSync(driver, driverScript, { mode: 0o600 })
        return {
          ...spawn,
          // Where it stands it looks for files to protect, and makes those that are missing.
          cwd: own,
          argv: [process.execPath, driver, orders],
          env: { ...spawn.env, TMPDIR: sockets, CLAUDE_CODE_TMPDIR: spawn.env['TMPDIR'] ?? sockets },
        }
      }
      const settle = async (exit: Exit): Promise<Exit> => {
        if (sockets !== own) await removeTree(sockets)
        if (exit.code === 127 && exit.stdoutBytes === 0 && isMissing.test(exit.stderrTail))
          return { ...exit, spawnError: { code: 'ENOENT', detail: 'there is no such program in its sandbox' } }
        const said = /^sandbox: (.*)$/m.exec(exit.stderrTail)?.[1]
        if (exit.code !== 125 || said === undefined || exit.termination !== undefined) return exit
        return { ...exit, spawnError: { code: 'SANDBOX', detail: plainLine(tellingLine(said) || said) } }
      }
      return { around, settle, watched: (limits) => limits }
    },
    close: async () => installer?.close(),
  }
}
