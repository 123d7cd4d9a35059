import type { RunTrust } from '../core/run-trust.ts';
import type { Deed, EffectBounds, EffectPerformer, PatchEffect, WorktreeState } from '../core/effect.ts';
import type { RunEvent } from '../core/event.ts';
import type { MemoryStore } from '../core/memory.ts';
import type { OutcomeCache } from '../core/outcome-cache.ts';
import type { Agent, Endpoint } from '../agents/agent.ts';
import type { Lease } from '../agents/proxy/key-proxy.ts';
import type { Installer, InstallerOptions } from '../agents/install/installer.ts';
import type { ModelPrice } from '../core/price.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Task } from '../core/task.ts';
import type { ReviewedChanges } from './changed-hunks.ts';
import type { Foundation } from './foundation.ts';
/** What an attempt is given by what accompanies its run. */
export interface AttemptProvision {
    /** Variables of its process; the instance's own hold over them. */
    readonly variables?: Readonly<Record<string, string>>;
    /** Where its model is, instead of its provider: the CLI is given no credentials then. */
    readonly endpoint?: Endpoint;
}
/** What a launcher is given. */
export interface LauncherOptions {
    readonly runId: string;
    readonly runDirectory: string;
    /** The claim on the run directory, to be locked (see `makeClaim`). */
    readonly claim?: number;
    /** Laid before, for the same run and claim; the launcher closes it. */
    readonly foundation?: Foundation;
    /** Where instances run unless they say otherwise. */
    readonly workspace: string;
    /** The orchestrator's own environment, from which the children's are built. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** The runtimes that the plan declares, besides the built-in ones. */
    readonly declared?: readonly Agent[];
    /** Sees to programs of which the plan wants exact versions. */
    readonly openInstaller?: (note: InstallerOptions['note']) => Installer;
    /** Is told what the models of an attempt answered; absent where nothing is recorded. */
    readonly record?: (task: Task, lease: Pick<Lease, 'api' | 'served'>) => void;
    /** What models cost, by the orchestration file. */
    readonly prices?: Readonly<Record<string, ModelPrice>>;
    readonly redactor: Redactor;
    readonly emit: (event: RunEvent) => void;
    /** What the run's companions give an attempt. */
    readonly provide?: (task: Task) => AttemptProvision;
    /** Where an instance stands in the plan: of the changes made at the same time, those of a lower position are applied first. */
    readonly position?: (id: string) => number;
    /** Why an instance may spend nothing more; undefined when it may. Asked before its agent is asked to repair an answer. */
    readonly exhausted?: (id: string) => string | undefined;
    /** What the run is about, where it knows: findings are held against it. */
    readonly reviewed?: () => ReviewedChanges | undefined;
    /** What an earlier process of this run did outside. */
    readonly applied?: readonly PatchEffect[];
    /** What it left in the worktrees of groups, by group. */
    readonly sharedWorktrees?: ReadonlyMap<string, WorktreeState>;
    readonly trust: RunTrust;
    /** Takes variables, and all that looks like a secret, out of the block of ours that other processes can read (see `hideEnvironment`). */
    readonly hideEnvironment?: (names: readonly string[]) => void;
    /** Does what instances ask for on GitHub; absent where it is only shown. */
    readonly effects?: EffectPerformer;
    /** Keeps what instances remember from one run to the next. */
    readonly memory?: MemoryStore;
    /** Outcomes of earlier runs, for tasks that may have them. */
    readonly outcomes?: OutcomeCache;
    /** What instances may do there together. */
    readonly bounds?: EffectBounds;
    /** What they asked for there in an earlier process of this run, by instance. */
    readonly earlierDeeds?: readonly (readonly [string, readonly Deed[]])[];
    /** The issue or pull request that the run is about, where something is only shown. */
    readonly subject?: number;
    /** Files that the run was made of: no patch changes them. */
    readonly obeys?: readonly string[];
    /** Milliseconds between asking a process to stop and killing it. */
    readonly graceMs: number;
}
