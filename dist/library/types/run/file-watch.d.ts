import type { KeyPart } from '../cache/content-key.ts';
import { type FileIds } from '../cache/file-ids.ts';
import type { Stamped } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import type { RunState } from '../core/run-state.ts';
/** What is watched. */
export interface FileWatchOptions {
    readonly workspace: string;
    /** What the runs of the repository share: no part of the work. */
    readonly root: string;
    readonly plan: Plan;
    readonly env: Readonly<Record<string, string>>;
    readonly state: () => RunState;
    readonly now: () => number;
}
/** What is in the files of the repository, as the instances of a run find them. */
export interface FileWatch {
    /** What there is now; `anew` where it has to be later than the call. Rejects where git cannot tell. */
    read(anew?: boolean): Promise<FileIds>;
    /**
     * The files that some filters let in; all of them where there are none. With them what CLIs of agents obey in the tree, where `obeying`, which no filter lets out.
     * Throws where there is no key for them.
     */
    part(ids: FileIds, filters: readonly string[] | undefined, obeying: boolean): KeyPart;
    /** Whether the process of an instance can change files of the repository. */
    mayWrite(id: string): boolean;
    take(event: Stamped): void;
}
/** Reads the files anew whenever they may have changed, and once for all that ask at the same time. */
export declare function watchFiles({ workspace, root, plan, env, state, now }: FileWatchOptions): FileWatch;
