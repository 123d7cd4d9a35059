import type { ModelRequest } from './model-request.ts';
import { type Reply } from './reply.ts';
import type { SimulationRules } from './rules.ts';
/** Picks the reply to each request, and remembers what was used up. `inFlight` counts the request itself. */
export type ChooseReply = (request: ModelRequest, inFlight: number) => Reply;
/** A chooser with fresh counters. */
export declare function createChooser({ rules }: SimulationRules): ChooseReply;
