import { type Failure } from '../core/failure.ts';
import { type Link, type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** `edge from tests not taken (tests succeeded, edge wants failure)`. */
export declare function explainRefusal(link: Link): string;
/** `no edge taken: edge from a not taken (…); edge from b not taken (…)`. */
export declare function explainNoneTaken(node: Node): string;
/** Why the members of a group did not run. */
export declare function explainClosedGate(gate: Node): string;
/** What made a group end as it did. */
export declare function explainMember(member: Node): string;
/** `exit:1: tests failed`: the word and the sentence of a failure. */
export declare function explainFailure(failure: Failure): string;
/** Why the whole run ends before it is done. */
export declare function explainInterruption({ interrupted, started }: Progress): string;
/** A time as people and logs read it, UTC. */
export declare function formatTime(epochMs: number): string;
/** `3 instances`, `1 instance`. */
export declare function count(number: number, noun: string): string;
