import { readdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** Whether a path has a character that makes it a pattern. */
export function isGlob(pattern: string): boolean {
  return /[*?[\]{}]/.test(pattern)
}

/**
 * The files below `cwd` that a pattern matches, sorted, with `/`: `*` and `?` within a name, `**` over folders, `[ab]`, `{a,b}`.
 * Names that start with a dot must be spelled, `node_modules` and `.git` are not looked into. (`fs.globSync` is not in Node 20.)
 */
export function expandGlob(pattern: string, cwd: string): string[] {
  return [
    ...new Set(expandBraces(pattern.replaceAll('\\', '/')).flatMap((plain) => walk(plain.split('/'), '', cwd))),
  ].toSorted()
}

function walk(segments: readonly string[], path: string, cwd: string): string[] {
  const [segment = '', ...rest] = segments
  if (segment === '**') {
    const here = rest.length === 0 ? [] : walk(rest, path, cwd)
    const below = list(folderOf(path, cwd)).flatMap((entry) => {
      const inner = joinPath(path, entry.name)
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      if (entry.isDirectory()) return walk(segments, inner, cwd)
      return rest.length === 0 && entry.isFile() ? [inner] : []
    })
    return [...here, ...below]
  }
  if (!isGlob(segment)) {
    const inner = path === '' && segment === '' ? '/' : joinPath(path, segment)
    if (rest.length > 0) return walk(rest, inner, cwd)
    return list(folderOf(path, cwd)).some((entry) => entry.name === segment) ? [inner] : []
  }
  const name = toRegExp(segment)
  return list(folderOf(path, cwd)).flatMap((entry) => {
    if (!name.test(entry.name) || (entry.name.startsWith('.') && !segment.startsWith('.'))) return []
    const inner = joinPath(path, entry.name)
    if (rest.length > 0) return entry.isFile() ? [] : walk(rest, inner, cwd)
    return entry.isDirectory() ? [] : [inner]
  })
}

function folderOf(path: string, cwd: string): string {
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

function toRegExp(segment: string): RegExp {
  const source = segment.replaceAll(/\[!?[^\]]*\]|[*?]|[\\^$.|+(){}[\]]/g, (token) => {
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.length > 1) return token.replace('[!', '[^').replaceAll('\\', String.raw`\\`)
    return `\\${token}`
  })
  return new RegExp(`^${source}$`, 'u')
}

/** `{a,b}` alternatives written out, nested ones too; at most 1,000. */
function expandBraces(pattern: string): string[] {
  const match = /\{([^{}]*)\}/.exec(pattern)
  if (match === null) return [pattern]
  const before = pattern.slice(0, match.index)
  const after = pattern.slice(match.index + match[0].length)
  return (match[1] ?? '')
    .split(',')
    .flatMap((choice) => expandBraces(before + choice + after))
    .slice(0, 1000)
}
