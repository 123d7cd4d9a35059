import { statSync } from 'node:fs'
import { installedVersion } from '../agents/install/installed-version.ts'
import { partOf, type KeyPart } from '../cache/content-key.ts'
import type { TaskSurroundings } from '../core/outcome-cache.ts'
import { startOf } from '../process/npm-shim.ts'
import { runProgram } from '../process/run-program.ts'

const versionTimeoutMs = 20_000
const asked = new Map<string, Promise<KeyPart>>()

/**
 * The program of a runtime and its version, as a part of a content key: by its package, else by what it says of itself, once in a process and for as long as its
 * file is the same. A shell is told by its name alone: what it runs is in the files.
 */
export function programVersion(
  runtime: string,
  around: TaskSurroundings,
  options: { readonly workspace: string; readonly env: Readonly<Record<string, string>> },
): Promise<KeyPart> {
  const { program, kind } = around
  if (program === undefined || (kind === 'command' && runtime === 'shell'))
    return Promise.resolve(partOf({ runtime, version: '' }))
  const stat = statSync(program, { throwIfNoEntry: false })
  const name = JSON.stringify([runtime, program, stat?.size, stat?.mtimeMs])
  const known = asked.get(name) ?? ask(runtime, program, around, options)
  asked.set(name, known)
  return known
}

async function ask(
  runtime: string,
  program: string,
  { npm, versionArgs }: TaskSurroundings,
  { workspace, env }: Parameters<typeof programVersion>[2],
): Promise<KeyPart> {
  const installed = npm === undefined ? undefined : installedVersion(program, npm)
  if (installed !== undefined) return partOf({ runtime, version: installed })
  const { stdout, stderr } = await runProgram([...startOf(program), ...versionArgs], {
    cwd: workspace,
    env,
    timeoutMs: versionTimeoutMs,
  })
  return partOf({ runtime, version: `${stdout}\n${stderr}` })
}
