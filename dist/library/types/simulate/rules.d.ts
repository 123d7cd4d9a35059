import type { Diagnostic } from '../core/diagnostic.ts';
import { type Pattern } from '../core/pattern.ts';
import { type Reply } from './reply.ts';
/** Which requests a rule answers; everything given must hold. */
export interface Match {
    /** Looked for in what the user said (not in tool results): a substring, or `/regex/flags`. */
    readonly prompt?: Pattern;
    readonly model?: Pattern;
    /** Instance id; `*` stands for any characters. */
    readonly instance?: Pattern;
    readonly attempt?: number;
    /** Number of the request within its attempt, from 1. */
    readonly request?: number;
    /** Holds while more than this many requests are under way, this one included. */
    readonly inFlightAbove?: number;
}
/** One rule: the first whose match holds and that is not used up answers. */
export interface Rule {
    readonly match: Match;
    /** How many requests it answers in all. */
    readonly times?: number;
    /** Used in order by the requests of one attempt; after the last it repeats, without its tool calls unless `repeat`. */
    readonly replies: readonly Reply[];
    readonly repeat: boolean;
}
/** What the simulated model does. A request that no rule answers gets a plain reply. */
export interface SimulationRules {
    readonly rules: readonly Rule[];
}
/** No rules: every request gets a short answer that names its instance, at a cost that follows from its size. */
export declare const defaultRules: SimulationRules;
/** Reads a rules file, once `loadPatterns` has settled. All its mistakes are reported at once; what is mistaken counts as not written. */
export declare function parseRules(path: string, text: string): {
    rules: SimulationRules;
    diagnostics: Diagnostic[];
};
