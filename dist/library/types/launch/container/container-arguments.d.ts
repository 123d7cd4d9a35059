import type { ContainerRules } from '../../core/confinement.ts';
import type { ProcessLimits } from '../../core/instance.ts';
import type { Spawn } from '../../process/spawn.ts';
import type { NeededPlaces } from '../confinement.ts';
import type { Engine } from './engine.ts';
/** The label that names who runs a container: by it none outlives its run. */
export declare const ownerLabel = "orchestrator.owner";
/** One container. */
export interface ContainerOrder {
    readonly engine: Engine;
    readonly rules: ContainerRules;
    readonly name: string;
    /** The run, and the process that carries it: one that resumes it is another. */
    readonly owner: string;
    readonly places: NeededPlaces;
    /** The root of the repository, from which relative volumes count. */
    readonly root: string;
    /** Its network where the rules name none. */
    readonly network: string | undefined;
    readonly limits: ProcessLimits;
    /** Names of variables that are the machine's and not the instance's: they are not handed in. */
    readonly withheld: ReadonlySet<string>;
    /** `user:group` of ours; undefined where there are none, as on Windows. */
    readonly user: string | undefined;
}
/**
 * What starts a program in a container. Values of variables stay out of the argv, which every user of the machine can read: the engine takes them
 * from its own environment by their names. Throws for a credential that the engine itself would obey.
 */
export declare function inContainer(spawn: Spawn, order: ContainerOrder): Spawn;
/** The limits that an engine sees to are not watched by us as well: we would count its own program in. */
export declare function leftLimits({ memoryBytes, cpus, processes, ...others }: ProcessLimits, { limits }: Engine): ProcessLimits;
