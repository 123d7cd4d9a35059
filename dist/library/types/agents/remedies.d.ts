import type { Failure } from '../core/failure.ts';
import type { Agent, Cloud } from './agent.ts';
type Environment = Readonly<Record<string, string | undefined>>;
/** The command that installs the program of an agent; undefined where it is installed by other means. */
export declare function installCommand({ package: of }: Agent): string | undefined;
/** The cloud that an environment chooses for an agent; undefined for its own provider. */
export declare function chosenCloud({ login }: Agent, environment: Environment): Cloud | undefined;
/** How to give an agent access to its provider; undefined where it needs none. */
export declare function accessRemedy(agent: Agent, environment: Environment): string | undefined;
/** A failure for want of a key or of the agent's program, with what helps at the end of its detail. */
export declare function withRemedy(failure: Failure, agent: Agent, isInstalled: boolean, environment: Environment): Failure;
export {};
