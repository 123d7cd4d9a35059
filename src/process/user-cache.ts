import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where a user's programs keep what they can make again: on Windows the local application data, else by the XDG Base Directory Specification. */
export function userCacheDirectory({
  XDG_CACHE_HOME,
  LOCALAPPDATA,
  HOME,
}: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA
  return XDG_CACHE_HOME || join(HOME || homedir(), '.cache')
}
