import { type KeyPart } from './content-key.ts';
import type { FileIds } from './file-ids.ts';
/** The files that some filters let in, as a part of a content key; all files where there are none. */
export declare function filesPart({ paths, ids }: FileIds, filters: readonly string[] | undefined): KeyPart;
