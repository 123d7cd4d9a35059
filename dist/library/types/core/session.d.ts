/** The conversation of an earlier instance that an agent takes up, as its file says it. */
export interface SessionRule {
    /** Id of the instance whose conversation it is. */
    readonly from: string;
    /** Whether it goes on under a session of its own, so that others may take up the same one. */
    readonly fork: boolean;
}
/** The same when an attempt starts. */
export interface TaskSession extends SessionRule {
    /** The attempt of that instance that ended last; absent where none told a session. */
    readonly of?: {
        readonly session: string;
        readonly attempt: number;
        readonly runtime: string;
    };
}
/** What an event of an attempt that starts says of sessions. */
export interface SessionContinued {
    /** The session that it takes up, and whose that is. */
    readonly continues?: {
        readonly from: string;
        readonly session: string;
        readonly fork: boolean;
    };
}
/** What the event of its end says. */
export interface SessionEnded {
    readonly session: string | null;
    /** Where its conversation is kept, redacted; relative to the run directory. */
    readonly transcriptFile?: string;
}
/** The folder of the run directory that holds sessions which others take up: nothing in it is masked, and no artifact has it. */
export declare const sessionsFolder = "sessions";
