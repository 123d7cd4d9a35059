/** Where a reporter ran. */
export interface ReporterPlace {
  /** The root of the repository, or of its worktree. */
  readonly root: string
  /** The directory it ran in, from there; empty for the root itself. */
  readonly directory: string
}

/**
 * A path as findings have it: from the root of the repository, with `/`, without `.` and a leading `./`. Absolute paths and `file:` URIs are taken below
 * the root, others from the reporter's directory; null for what lies elsewhere or is no path.
 */
export function normalPath(reported: string, place: ReporterPlace): string | null {
  let path = reported.trim()
  if (/^file:/i.test(path)) path = decoded(path.replace(/^file:(?:\/\/[^/]*)?/i, '')).replace(/^\/(?=[a-z]:)/i, '')
  path = path.replaceAll('\\', '/')
  const root = place.root.replaceAll('\\', '/').replace(/\/+$/, '')
  if (/^(?:\/|[a-z]:\/)/i.test(path)) {
    if (!path.startsWith(`${root}/`)) return null
    path = path.slice(root.length + 1)
  } else path = `${place.directory.replaceAll('\\', '/')}/${path}`
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.length === 0 ? null : parts.join('/')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
