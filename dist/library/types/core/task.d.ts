import type { AttachedDiff } from './changes.ts';
import type { ProcessDefinition } from './instance.ts';
import type { TaskSession } from './session.ts';
/**
 * One attempt, ready to start: a process definition whose templates are all rendered.
 * `attempt` counts from 1 over retries and fallbacks of the instance.
 */
export interface Task extends ProcessDefinition {
    readonly id: string;
    readonly label: string;
    readonly attempt: number;
    readonly session?: TaskSession;
    /** Those of `attach` that are made of what an upstream or an event says: such a path may lead anywhere. */
    readonly foreignAttach?: readonly string[];
    /** What the entry `changes` of `attach` stands for. */
    readonly changes?: AttachedDiff;
    /** What the entry `threads` of `attach` stands for; empty where no earlier review said anything. */
    readonly threads?: string;
    /**
     * Ends when its provider refuses it (429, 529) before the first answer, instead of asking again by itself: others run beside
     * it, and the engine makes another attempt when there is room. An agent that cannot tell ignores it.
     */
    readonly givesWay?: true;
    /** Others wait for its first answer, to read at the provider what it has in common with them: it is to say when that comes. */
    readonly leads?: true;
    /** So many characters at the start of the prompt are what it has in common with others. */
    readonly sharedLength?: number;
}
