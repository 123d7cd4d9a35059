/** Where a user's programs keep what they can make again: on Windows the local application data, else by the XDG Base Directory Specification. */
export declare function userCacheDirectory({ XDG_CACHE_HOME, LOCALAPPDATA, HOME, }: Readonly<Record<string, string | undefined>>): string;
