import type { Diagnostics } from './diagnostics.ts';
import type { GroupDraft, Scope } from './draft.ts';
import type { MergedFile } from './merged-file.ts';
import type { EdgeEntry } from './schema.ts';
/**
 * The links of a file, each once: entries of `needs` with `run`. They stand at the top of the file whoever needs them, so that every instance may name
 * them; `names` is told what they are called. What is wrong with them is reported.
 */
export declare function readLinks(file: MergedFile, top: Scope, diagnostics: Diagnostics): GroupDraft[];
/** What a link is called: `as`, or `run` without what makes it a file; undefined where that is no name. */
export declare function linkName({ run, as }: Pick<EdgeEntry, 'run' | 'as'>): string | undefined;
