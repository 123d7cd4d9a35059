import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readTextFile } from './read-regular-file.ts'

/** The last line of a batch file that npm made: a program, or node and a script, with the arguments it was given and no others. */
const lastCommand = /^(?:.*& "%_prog%"\s+)?"%dp0%\\([^"%]+\.(exe|[cm]?js))"\s+%\*\s*$/m

/**
 * How to start a program that was found, without a shell. For the batch file by which npm puts a package's program on the PATH of Windows
 * (`codex.cmd`) that is what is behind it: Node starts no batch file itself, and a shell would read the arguments. All else is left as it is.
 */
export function startOf(path: string): readonly string[] {
  if (!/\.cmd$/i.test(path)) return [path]
  const [, target, kind] = lastCommand.exec(readTextFile(path)) ?? []
  if (target === undefined) return [path]
  const program = join(dirname(path), ...target.split('\\'))
  if (kind === 'exe') return [program]
  const node = join(dirname(path), 'node.exe')
  return [existsSync(node) ? node : 'node', program]
}
