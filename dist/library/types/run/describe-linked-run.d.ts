import type { LinkedRun, LinkedRunFacts } from '../core/link.ts';
import { type RunState } from '../core/run-state.ts';
/** What a finished run came to, as the expressions of another read it. Files of its directory are not there, and are null. */
export declare function describeLinkedRun(state: RunState, started: NonNullable<RunState['started']>, ended: NonNullable<RunState['ended']>, facts: Pick<LinkedRunFacts, 'id' | 'url'>): LinkedRun;
