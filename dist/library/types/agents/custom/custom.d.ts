import { type CustomRuntime } from '../../core/custom-runtime.ts';
import type { Agent } from '../agent.ts';
/** A runtime of a CLI that the orchestration file declares. */
export declare function customAgent(name: string, definition: CustomRuntime): Agent;
