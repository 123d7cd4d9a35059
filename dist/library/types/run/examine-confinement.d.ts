import type { ProcessDefinition } from '../core/instance.ts';
/** What confines a process on this machine, or why nothing does. */
export type ExaminedConfinement = {
    readonly what: 'container' | 'sandbox';
    readonly found: string;
} | {
    readonly what: 'container' | 'sandbox';
    readonly problem: string;
    readonly hint: string;
};
type Environment = Readonly<Record<string, string | undefined>>;
/** Tries what a process is to be confined by; undefined where it is not to be. */
export declare function examineConfinement({ container, sandbox }: Pick<ProcessDefinition, 'container' | 'sandbox'>, environment: Environment): Promise<ExaminedConfinement | undefined>;
export {};
