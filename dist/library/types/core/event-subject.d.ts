import type { Json } from './json.ts';
/** The number of the issue or pull request that an event of GitHub is about, by its payload; undefined where it is about none. */
export declare function eventSubject(payload: Json | undefined): number | undefined;
