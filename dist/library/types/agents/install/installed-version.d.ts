/** The version in the package.json that a program belongs to; undefined where it is not that package's. */
export declare function installedVersion(path: string, npm: string): string | undefined;
