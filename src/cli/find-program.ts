import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

/** The file that runs when `program` is called with this environment, as a shell would find it; undefined when there is none. */
export function findProgram(
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string | undefined {
  const extensions =
    process.platform === 'win32' ? ['', ...(environment['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';')] : ['']
  const hasFolder = program.includes('/') || isAbsolute(program)
  const folders = hasFolder ? [''] : (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter)
  for (const folder of folders)
    for (const extension of extensions) {
      const path = resolve(cwd, join(folder, `${program}${extension}`))
      if (isExecutable(path)) return path
    }
  return undefined
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
