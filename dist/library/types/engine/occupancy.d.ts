import { type Mutex, type Node, type Pool, type Provider } from './node.ts';
import type { Progress } from './progress.ts';
/** The pool a node's process counts in. */
export declare function poolOf(node: Node): Pool;
/** The provider of that name, known from now on. */
export declare function providerOf(progress: Progress, name: string): Provider;
/** The provider that a node's next attempt asks: several runtimes may share the account that is throttled. */
export declare function chooseProvider(progress: Progress, { definition }: Node): Provider;
/** The `concurrency` group of that name. */
export declare function mutexOf(progress: Progress, name: string): Mutex;
/** Takes a place for a process that starts: in its pool, at its provider, in the groups around it, in its mutex. */
export declare function occupy(progress: Progress, node: Node): void;
/** Gives the place back, and notes what may now go on. */
export declare function vacate(progress: Progress, node: Node): void;
