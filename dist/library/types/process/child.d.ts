import type { Spawn, StartChild } from './spawn.ts';
/** Starts a program as a child of this very process. */
export declare const startChild: StartChild;
/** The environment of a spawn with the mark in it. */
export declare function markedEnvironment({ env }: Spawn, mark: string): Record<string, string>;
