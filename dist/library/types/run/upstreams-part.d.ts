import { type KeyPart } from '../cache/content-key.ts';
import type { RunState } from '../core/run-state.ts';
/**
 * How everything ended that an instance comes after, as a part of its content key: results, outputs, answers, findings and patches, of groups those of their
 * members too. Not how long it took, nor what it cost.
 */
export declare function upstreamsPart(state: RunState, id: string, runDirectory: string): KeyPart;
