import { type ContainerEngine } from '../../core/confinement.ts';
import { type ProgramResult } from '../../process/run-program.ts';
type Environment = Readonly<Record<string, string | undefined>>;
/** An engine that answers. */
export interface Engine {
    readonly name: ContainerEngine;
    /** Of its program. */
    readonly path: string;
    readonly version: string;
    /** Its containers have our own user for root. */
    readonly rootless: boolean;
    /** Its containers' processes are processes of this machine, and carry our mark. */
    readonly local: boolean;
    /** The limits that it can hold a container to. Processes are counted by us where we see them: a program that cannot have more may go on without. */
    readonly limits: {
        readonly memory: boolean;
        readonly cpus: boolean;
        readonly processes: boolean;
    };
    /** Whether it has a first process for a container, which passes signals on and collects what is orphaned. */
    readonly init: boolean;
    /** The environment of its program. */
    readonly env: Readonly<Record<string, string>>;
}
/** The first engine that answers of those that will do, or why none does (a clause) and what would help. */
export declare function findEngine(wanted: ContainerEngine | undefined, environment: Environment): Promise<Engine | {
    readonly problem: string;
    readonly hint: string;
}>;
/** The last thing that an engine said, in one line. */
export declare function saidBy({ stdout, stderr }: Pick<ProgramResult, 'stdout' | 'stderr'>): string;
export {};
