import type { Finding } from '../core/finding.ts';
/** What lines are to be replaced by, and what is said besides. */
export interface Replacement {
    /** The new lines, each with its line feed; empty where they are to go. */
    readonly text: string;
    readonly remark: string;
}
/**
 * What the lines of a finding are to be replaced by, where its suggestion has that in a fence `suggestion`, as GitHub writes it. Undefined for any
 * other advice, for more than one fence, and for a text with something in it that nobody would see.
 */
export declare function replacementOf(suggestion: string | null): Replacement | undefined;
/** New lines in a fence `suggestion` that nothing inside closes; without a last line feed they get one. */
export declare function suggestionFence(text: string): string;
/** A finding whose suggestion is advice alone: its fences are code to read, not to put in place of lines. */
export declare function withoutReplacement<Of extends Pick<Finding, 'suggestion'>>(finding: Of): Of;
