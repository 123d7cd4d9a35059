import type { OutputReader } from './output-file.ts';
import type { Deed } from '../core/effect.ts';
import type { Failure } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
import type { Spawn } from '../process/spawn.ts';
import type { Starter } from '../process/starter.ts';
import type { Agent, AttemptDirectory, Parser } from '../agents/agent.ts';
import type { Lease } from '../agents/proxy/key-proxy.ts';
import { type AttachOptions } from './attach.ts';
import type { ReadChangedHunks } from './changed-hunks.ts';
import { type LazyKeyProxy } from './kept-key.ts';
import type { TemporaryPlaces } from './attempt-directory.ts';
import type { OpenedMemory } from './attempt-memory.ts';
import type { Installer } from '../agents/install/installer.ts';
import type { FindProgram } from '../process/find-program.ts';
import type { LauncherOptions } from './launcher-options.ts';
import type { Turns } from './turns.ts';
import type { Payer } from './live-price.ts';
import type { PriceList } from '../agents/price-list.ts';
import type { Confinement } from './confinement.ts';
import type { Confinements } from './lazy-confinements.ts';
import type { WorktreeWorkspaces } from './worktree-workspace.ts';
/** What all attempts of a run share. */
export interface AttemptContext extends LauncherOptions {
    readonly agents: ReadonlyMap<string, Agent>;
    readonly places: TemporaryPlaces;
    readonly readOutputs: OutputReader;
    readonly worktrees: WorktreeWorkspaces;
    /** Of the attempts whose changes are to be applied. */
    readonly turns: Turns;
    /** What any child may see of the orchestrator's environment. */
    readonly common: Readonly<Record<string, string>>;
    readonly find: FindProgram;
    readonly installer?: Installer;
    readonly starter: Starter;
    readonly keyProxy: LazyKeyProxy;
    readonly confinements: Confinements;
    readonly priceList: PriceList;
    readonly changedHunks: ReadChangedHunks;
    /** How often the process that had started an instance's program was killed while that ran, by the instance's id. */
    readonly losses: Map<string, number>;
    /** What instances have asked for on GitHub in this run, by instance. */
    readonly asked: Map<string, readonly Deed[]>;
}
/** A file of an attempt's logs. */
export interface LogPath {
    readonly path: string;
    /** Relative to the run directory. */
    readonly name: string;
}
/** A process of an attempt ready to be started. */
export interface PreparedProcess {
    readonly spawn: Spawn;
    readonly parser: Parser;
    readonly files: {
        readonly stdout: LogPath;
        readonly stderr: LogPath;
    };
}
/** An attempt ready to be started: who carries it out and where, and its process. */
export interface Prepared extends PreparedProcess {
    readonly agent: Agent;
    readonly directory: AttemptDirectory;
    /** What its CLI holds instead of a key; to be closed. */
    readonly lease: Lease | undefined;
    readonly payer: Payer;
    /** What its processes run in; undefined where they run on the machine itself. */
    readonly confinement: Confinement | undefined;
    /** What it remembers of earlier runs. */
    readonly memory: OpenedMemory | undefined;
}
/** Everything before the process: who runs it, where, with which prompt and environment; or why it cannot start. */
export declare function prepareAttempt(task: Task, number: number, workspace: string, context: AttemptContext): Promise<Prepared | {
    readonly failure: Failure;
}>;
/** Where an attempt's file with this suffix stands among the logs. */
export declare function logPath(task: Task, suffix: string, context: AttemptContext): LogPath;
/** Where the files that a task attaches may come from, and what the other entries of `attach` stand for. */
export declare function attachOptionsOf(task: Task, cwd: string, workspace: string, context: AttemptContext): AttachOptions;
