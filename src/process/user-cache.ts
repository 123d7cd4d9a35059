import { userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * Where a user's programs keep what they can make again: on Windows the local application data, else by the XDG Base Directory Specification, which takes no relative path:
 * that would be in whatever repository a run is for. Throws where there is no such place, as for a user of a container whom nobody has given a home.
 */
export function userCacheDirectory({
  XDG_CACHE_HOME,
  LOCALAPPDATA,
  HOME,
}: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32' && isPlace(LOCALAPPDATA)) return LOCALAPPDATA
  return isPlace(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(isPlace(HOME) ? HOME : homeOfUser(), '.cache')
}

const isPlace = (path: string | undefined): path is string => path !== undefined && isAbsolute(path)

function homeOfUser(): string {
  try {
    const { homedir } = userInfo()
    if (isPlace(homedir)) return homedir
  } catch {
    // The user has no entry.
  }
  throw new Error('this user has no home directory: set HOME, or XDG_CACHE_HOME, to an absolute path')
}
