import type { Agent } from '../agent.ts';
/** What tells one interpreter from another. */
export interface Interpreter {
    readonly name: string;
    /** Programs that may be it, the first found wins. */
    readonly programs: readonly [string, ...string[]];
    /** The flag that takes a script as an argument. */
    readonly inlineFlag: string;
    readonly extension: string;
    /** Variables by which it takes no module from where it runs; absent where it takes none anyway. */
    readonly safely?: Readonly<Record<string, string>>;
    /** Where a script could take modules from, that stand there: the interpreter's own in its place, or only those it asks for by name. */
    readonly modules: 'its own' | 'asked for';
}
/** The runtime of an interpreter: `run` is a script in its language, `command` the arguments it is given. */
export declare function scriptRuntime({ name, programs, inlineFlag, extension, safely, modules }: Interpreter): Agent;
