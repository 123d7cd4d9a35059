/**
 * Where a user's programs keep what they can make again: on Windows the local application data, else by the XDG Base Directory Specification, which takes no relative path:
 * that would be in whatever repository a run is for. Throws where there is no such place, as for a user of a container whom nobody has given a home.
 */
export declare function userCacheDirectory({ XDG_CACHE_HOME, LOCALAPPDATA, HOME, }: Readonly<Record<string, string | undefined>>): string;
