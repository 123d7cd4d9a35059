import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, extname, join } from 'node:path'

/** Finds programs on a PATH and remembers what it found. */
export type FindProgram = (program: string, path: string | undefined) => string | undefined

/**
 * A finder with an empty memory. On Windows a name without an extension is tried with those of `PATHEXT`, `.exe` by default: what has none cannot
 * be run there.
 */
export function createProgramFinder(
  pathExtensions: string | undefined,
  isWindows = process.platform === 'win32',
): FindProgram {
  const found = new Map<string, string | undefined>()
  const extensions = isWindows ? (pathExtensions ?? '.EXE').split(';') : ['']
  return (program, path) => {
    const key = `${program}\0${path ?? ''}`
    if (!found.has(key)) found.set(key, search(program, path ?? '', extensions))
    return found.get(key)
  }
}

function search(program: string, path: string, extensions: readonly string[]): string | undefined {
  if (program.includes('/') || program.includes('\\')) return program
  const endings = extname(program) === '' ? extensions : ['', ...extensions]
  for (const directory of path.split(delimiter)) {
    if (directory === '') continue
    for (const extension of endings) {
      const candidate = join(directory, program + extension)
      if (isExecutable(candidate)) return candidate
    }
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
