import type { Failure } from '../core/failure.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
import type { Accounting } from '../core/usage.ts';
import type { Exit } from '../process/spawn.ts';
import type { Conclusion } from './agent.ts';
import type { Remark } from '../core/expectation.ts';
/** What an adapter made of its process's output, before the evidence is weighed. */
export interface Finding {
    readonly text: string;
    /** The structured answer where the CLI gave one as such, having held it against the schema; else it is parsed from the text. */
    readonly json?: Json;
    /** The text is only the start of what was printed, see `isWholeOutput`: there may be a structured answer, and nobody can say which. */
    readonly isCut?: boolean;
    /** What the stream itself reported as gone wrong. */
    readonly streamFailure?: Failure | undefined;
    readonly accounting: Accounting;
    readonly model: string | null;
    readonly models?: Conclusion['models'];
    readonly session: string | null;
    readonly denials: number;
    readonly remarks?: readonly Remark[];
    /** What it last complained about and has not got over: the reason why it came to nothing when its time is up. */
    readonly trouble?: string;
    /** False when no model was asked although it exited 0: nothing is green because nothing happened. */
    readonly asked?: boolean;
}
/** The things around an attempt that evidence is looked for in. */
export interface EvidencePlace {
    readonly cwd: string;
    /** Whether an empty answer is a failure where the task does not say: true for agents. */
    readonly answers: boolean;
}
/**
 * The gate every adapter's end goes through: a process succeeded only when nobody had to stop it, its stream reported no error,
 * it exited 0 and everything the task expects is there. Nothing is green because nothing happened.
 */
export declare function weighEvidence(task: Task, place: EvidencePlace, exit: Exit, finding: Finding): Promise<Conclusion>;
/** Whether `wholeOutput` gives all there was. */
export declare function isWholeOutput({ stdoutBytes }: Exit): boolean;
/** The whole standard output where it may still be parsed: the head where that is all of it, else what the log holds. */
export declare function wholeOutput(exit: Exit, stdoutFile: string | undefined): string;
