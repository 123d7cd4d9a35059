import { type KeyPart } from './content-key.ts';
import { type FileIds } from './file-ids.ts';
/**
 * The files that some filters let in, as a part of a content key; all files but the ignored where there are none. Of what git ignores count files that a filter names, or that are in a
 * folder it names (`dist/**`), and not what only its wildcards would let in. `also` count whatever the filters say. Throws where that are too many.
 */
export declare function filesPart(of: FileIds, filters: readonly string[] | undefined, also?: readonly string[]): KeyPart;
