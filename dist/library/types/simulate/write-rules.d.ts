import type { Reply } from './reply.ts';
/** What one attempt was answered, request by request. */
export interface RecordedAttempt {
    readonly instance: string;
    readonly attempt: number;
    readonly replies: readonly Partial<Reply>[];
}
/** Rules by which `--simulate` gives the same answers to the same attempts again. */
export declare function writeRules(attempts: readonly RecordedAttempt[]): string;
