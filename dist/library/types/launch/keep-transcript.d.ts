import type { AttemptDirectory, Sessions } from '../agents/agent.ts';
import type { Redactor } from '../core/redactor.ts';
/** Most bytes of a transcript that are kept. */
export declare const transcriptLimit: number;
/** What became of a transcript: whether there is one, and what its readers must know, one line. */
export interface KeptTranscript {
    readonly kept: boolean;
    readonly warning?: string;
}
/**
 * Writes what the CLI of an attempt wrote down of its conversation to one file: the session first, then those of agents that it started. Each line is
 * redacted, then counted; whole lines are kept up to the limit.
 */
export declare function keepTranscript(sessions: Sessions, directory: Pick<AttemptDirectory, 'home' | 'continued'>, session: string | null, { path, redactor }: {
    readonly path: string;
    readonly redactor: Redactor;
}): KeptTranscript;
