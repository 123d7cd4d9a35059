import { readRegularFile } from '../process/read-regular-file.ts'
import { installedVersion } from '../agents/install/installed-version.ts'
import { digestOf, orderedJson, partOf, type KeyPart } from '../cache/content-key.ts'
import type { CustomRuntime } from '../core/custom-runtime.ts'
import type { TaskSurroundings } from '../core/outcome-cache.ts'
import { startOf } from '../process/npm-shim.ts'
import { runProgram } from '../process/run-program.ts'
import { statIfThere } from '../process/stat-if-there.ts'

const versionTimeoutMs = 20_000
const asked = new Map<string, Promise<string>>()

/**
 * The program of a runtime and its version, as a part of a content key: by its package, else by what it says of itself, else by its content; once in a process and for
 * as long as its file is the same. Of a CLI that the file declares all of its definition counts. A shell is told by its name alone: what it runs is in the files.
 */
export async function programVersion(
  runtime: string,
  declared: CustomRuntime | undefined,
  around: TaskSurroundings,
  options: { readonly workspace: string; readonly env: Readonly<Record<string, string>> },
): Promise<KeyPart> {
  const { program, kind } = around
  const known = { runtime, ...(declared && { definition: orderedJson(declared) }) }
  if (program === undefined || (kind === 'command' && runtime === 'shell')) return partOf({ ...known, version: '' })
  const stat = statIfThere(program)
  const name = JSON.stringify([program, around.versionArgs, stat?.size, stat?.mtimeMs])
  const version = asked.get(name) ?? ask(program, around, options)
  asked.set(name, version)
  return partOf({ ...known, version: await version })
}

async function ask(
  program: string,
  { npm, versionArgs }: TaskSurroundings,
  { workspace, env }: { readonly workspace: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  const installed = npm === undefined ? undefined : installedVersion(program, npm)
  if (installed !== undefined) return installed
  // Without an argument it would begin to work.
  if (versionArgs.length === 0) return digestOf(readRegularFile(program, { maxBytes: Infinity }))
  const { stdout, stderr } = await runProgram([...startOf(program), ...versionArgs], {
    cwd: workspace,
    env,
    timeoutMs: versionTimeoutMs,
  })
  return `${stdout}\n${stderr}`
}
