import type { Diagnostics } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import type { MergedFile } from './merged-file.ts';
/** Turns the instances of a file into drafts: groups into gate, members and group, matrices into cells. */
export declare function expandInstances(file: MergedFile, diagnostics: Diagnostics): Draft[];
