import { readdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { statIfThere } from './stat-if-there.ts'

/** Whether a path has a character that makes it a pattern. */
export function isPattern(path: string): boolean {
  return /[*?[\]{}]/.test(path)
}

/**
 * The files below `cwd` that a pattern matches, sorted, with `/`: `*` and `?` within a name, `**` over folders, `[ab]`, `{a,b}`. A name that is there
 * as it is written is meant as it is written: `app/[slug]/page.tsx` is a file like any other. Names that start with a dot must be spelled; `**`
 * does not look into `node_modules`. With `folders`, those count as well.
 */
export async function findFiles(
  pattern: string,
  cwd: string,
  { folders = false }: { readonly folders?: boolean } = {},
): Promise<string[]> {
  const counts = (path: string): boolean => {
    const stat = statIfThere(at(path, cwd))
    return stat?.isFile() === true || (folders && stat?.isDirectory() === true)
  }
  const written = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern
  if (counts(written)) return [written]
  if (!isPattern(written)) return []
  const { braceExpand, Minimatch } = await import('minimatch')
  const options = { nobrace: true, nocomment: true, nonegate: true, platform: 'linux' } as const

  const walk = (segments: readonly string[], path: string): string[] => {
    const [segment = '', ...rest] = segments
    if (segment === '**') return [...(rest.length === 0 ? [] : walk(rest, path)), ...below(segments, rest, path)]
    if (!isPattern(segment) && !segment.includes('\\')) {
      const inner = path === '' && segment === '' ? '/' : joinPath(path, segment)
      if (rest.length > 0) return walk(rest, inner)
      return counts(inner) ? [inner] : []
    }
    const matcher = new Minimatch(segment, options)
    return list(at(path, cwd)).flatMap((entry) => {
      if (entry.name !== segment && !matcher.match(entry.name)) return []
      const inner = joinPath(path, entry.name)
      if (rest.length > 0) return entry.isFile() ? [] : walk(rest, inner)
      return counts(inner) ? [inner] : []
    })
  }

  const below = (segments: readonly string[], rest: readonly string[], path: string): string[] =>
    list(at(path, cwd)).flatMap((entry) => {
      const inner = joinPath(path, entry.name)
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      if (entry.isDirectory()) return walk(segments, inner)
      return rest.length === 0 && counts(inner) ? [inner] : []
    })

  return [...new Set(braceExpand(written).flatMap((plain) => walk(plain.split('/'), '')))].toSorted()
}

function at(path: string, cwd: string): string {
  return isAbsolute(path) ? path : join(cwd, path)
}

function joinPath(path: string, name: string): string {
  return path === '' || path.endsWith('/') ? path + name : `${path}/${name}`
}

function list(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}
