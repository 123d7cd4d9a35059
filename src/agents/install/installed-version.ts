import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readTextFile } from '../../process/read-regular-file.ts'

/** The version in the package.json that a program belongs to; undefined where it is not that package's. */
export function installedVersion(path: string, npm: string): string | undefined {
  try {
    for (let folder = dirname(realpathSync(path)); folder !== dirname(folder); folder = dirname(folder)) {
      const file = join(folder, 'package.json')
      if (!existsSync(file)) continue
      const { name, version }: { name?: unknown; version?: unknown } = JSON.parse(readTextFile(file))
      if (name === npm && typeof version === 'string') return version
    }
  } catch {
    // It is asked itself then.
  }
  return undefined
}
