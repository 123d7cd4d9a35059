import type { Instance } from '../core/instance.ts';
import type { NeedRead } from './check-expressions.ts';
import type { Compiling } from './compiling.ts';
import { type Draft } from './draft.ts';
/** A `session` of the file: a read of the instance that it names, which must have ended by then as one that an expression reads. */
export interface SessionRead extends NeedRead {
    readonly fork: boolean;
}
/** The `session` of every draft that has one; names that mean nothing are reported and left out. */
export declare function readSessions(drafts: readonly Draft[], { file, diagnostics }: Compiling): SessionRead[];
/** The plan with its sessions: who takes one up knows whose, and whose is taken up keeps it. What cannot be taken up is reported. */
export declare function linkSessions(instances: readonly Instance[], reads: readonly SessionRead[], compiling: Compiling): readonly Instance[];
