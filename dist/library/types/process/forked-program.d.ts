import type { Child, ChildEnd, NotStarted } from './spawn.ts';
/** Our ends of a program's pipes; undefined for input that nobody gives. */
export interface ProgramPipes {
    readonly out: number;
    readonly err: number;
    readonly in: number | undefined;
}
/** A program that a fork server was asked for, and what is heard of it. */
export interface ForkedProgram {
    readonly pid: number | undefined;
    started(pid: number): void;
    /** True when it will not be heard of again: it was not started before. */
    failed(error: Error): boolean;
    ended(end: ChildEnd): void;
    /** The server is gone, and with it the only one who could say how the program ends. */
    abandoned(why: string): void;
}
/** A program on its way, which resolves as a child as soon as its process is known. */
export declare function createForkedProgram(pipes: ProgramPipes, resolve: (result: Child | NotStarted) => void, kinshipOf: Child['kinshipOf']): ForkedProgram;
