/** Whether a path has a character that makes it a pattern. */
export declare function isPattern(path: string): boolean;
/**
 * The files below `cwd` that a pattern matches, sorted, with `/`: `*` and `?` within a name, `**` over folders, `[ab]`, `{a,b}`. A name that is there
 * as it is written is meant as it is written: `app/[slug]/page.tsx` is a file like any other. Names that start with a dot must be spelled; `**`
 * does not look into `node_modules`. With `folders`, those count as well.
 */
export declare function findFiles(pattern: string, cwd: string, { folders }?: {
    readonly folders?: boolean;
}): Promise<string[]>;
