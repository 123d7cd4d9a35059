import type { Failure } from '../core/failure.ts';
import type { Agent } from './agent.ts';
/** The command that installs the program of an agent; undefined where it is installed by other means. */
export declare function installCommand({ package: of }: Agent): string | undefined;
/** How to give an agent access to its provider; undefined where it needs none. */
export declare function accessRemedy({ login }: Agent): string | undefined;
/** A failure for want of a key or of the agent's program, with what helps at the end of its detail. */
export declare function withRemedy(failure: Failure, agent: Agent, isInstalled: boolean): Failure;
