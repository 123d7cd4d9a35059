import type { Edge } from '../core/instance.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Origins, Plain } from './origins.ts';
import type { InstanceEntry } from './schema-instance.ts';
/** A member of a sequence or a parallel group. */
export interface Member {
    readonly key: string;
    readonly entry: InstanceEntry;
    readonly owner: Plain;
    readonly ownerKey: string | number;
}
/** Reports what an entry says of a worktree where the group around it has one. */
export declare function refuseOwnWorktree(entry: InstanceEntry, origins: Origins, diagnostics: Diagnostics): void;
/**
 * What keeps the changes of a group's worktree, and applies them, when all its members have succeeded: it does nothing else. None where a member
 * has its id, which is reported.
 */
export declare function closingMember(group: Pick<Member, 'entry' | 'owner' | 'ownerKey'> & {
    readonly isFirst: boolean;
}, members: readonly Member[], origins: Origins, diagnostics: Diagnostics): Member[];
/**
 * The edges that a member has from others of its group: in a sequence from the one before, and what keeps the changes of the worktree from all `others`. Where
 * these leave as a pull request, its text may tell of every member, also of one that was skipped.
 */
export declare function edgesWithin({ sequence, effects }: InstanceEntry, others: readonly string[], before: string | undefined): Edge[];
