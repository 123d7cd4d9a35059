import type { MemoryChange } from './memory.ts';
/** Something that a run changes outside its own directory, in an instance's name: told in the journal before it is done, by what it leads to. */
export type Effect = PatchEffect | GithubEffect | MemoryEffect;
/**
 * Files of the repository change. `before` and `after` are git trees of just these files, as they stand and as they shall: whoever resumes
 * the run can tell of each file whether it was changed already, and change it.
 */
export interface PatchEffect {
    readonly kind: 'patch';
    readonly before: string;
    readonly after: string;
    readonly files: number;
}
/** Things change on GitHub. Each is there as it shall be, or is known again there by its identity: whoever resumes the run can do them all again. */
export interface GithubEffect {
    readonly kind: 'github';
    readonly deeds: readonly Deed[];
}
/** Files of a memory are written, whole: whoever resumes the run can do it again. */
export interface MemoryEffect {
    readonly kind: 'memory';
    readonly name: string;
    readonly changes: readonly MemoryChange[];
}
/**
 * One thing to do on GitHub, as an instance asked for it and its file allows. `identity` tells those of a file apart; `on` is the number of an issue
 * or pull request. Bodies are Markdown of a model, already redacted and not yet made harmless.
 */
export type Deed = {
    readonly kind: 'issue';
    readonly identity: string;
    readonly title: string;
    readonly body: string;
    readonly labels: readonly string[];
}
/** An issue of this identity that nobody has touched for so long is closed: the run had no more to say of it. */
 | {
    readonly kind: 'expire';
    readonly identity: string;
    readonly afterMs: number;
} | {
    readonly kind: 'comment';
    readonly identity: string;
    readonly on: number;
    readonly body: string;
} | {
    readonly kind: 'labels';
    readonly on: number;
    readonly labels: readonly string[];
} | {
    readonly kind: 'close';
    readonly on: number;
} | {
    readonly kind: 'pull-request';
    readonly identity: string;
    readonly title: string;
    readonly body: string;
    /** Undefined: made of the identity. */
    readonly branch: string | undefined;
    /** Undefined: the one that the workflow runs on. */
    readonly base: string | undefined;
    readonly labels: readonly string[];
    readonly reviewers?: readonly string[];
    readonly teamReviewers?: readonly string[];
    readonly draft: boolean;
    readonly change: CommitChange;
} | {
    readonly kind: 'push';
    readonly identity: string;
    readonly title: string;
    /** Lists of names that its branch must be in, each. */
    readonly branches?: readonly (readonly string[])[];
    readonly change: CommitChange;
} | {
    readonly kind: 'dispatch';
    readonly identity: string;
    /** Name of the workflow's file. */
    readonly workflow: string;
    /** Undefined: the branch that the workflow runs on. */
    readonly ref: string | undefined;
    readonly inputs: Readonly<Record<string, string>>;
    /** The input by which the run is known again, since the workflow shows it in its `run-name`. */
    readonly mark: string | undefined;
};
/** What becomes a commit: files that changed since another. */
export interface CommitChange {
    /** Hex. */
    readonly parent: string;
    readonly files: readonly ChangedFile[];
}
/** A file as it is now; `mode` is git's, null where the file is gone. A link's text is where it leads. */
export interface ChangedFile {
    readonly path: string;
    readonly mode: '100644' | '100755' | '120000' | null;
    readonly text: string;
}
/** Does what instances ask for on GitHub. */
export interface EffectPerformer {
    /** The issue or pull request that the run is about; undefined where it is about none. */
    readonly subject: number | undefined;
    /** Why nothing may be done, such as whose event this is; undefined where it may. */
    readonly refusal?: string;
    /** Does all of it, or what is not done yet, in order; `again` says that it may have been done already. */
    perform(deeds: readonly Deed[], again?: boolean): Promise<Performed>;
}
/** What came of deeds: those that are done, and why the next one could not be. */
export interface Performed {
    readonly done: readonly DoneDeed[];
    readonly problem?: string;
}
/** A deed that is done, and what there is on GitHub now. */
export interface DoneDeed {
    readonly kind: Deed['kind'];
    /** Of the issue, the pull request, or the run of a workflow. */
    readonly number?: number;
    readonly url?: string;
}
/** What an instance may ask for on GitHub, by kind; `max` of each. `on` is the number of an issue or pull request; absent: the event's. */
export interface EffectRules {
    readonly issue?: {
        /** Absent: the instance says it. */
        readonly title?: string;
        readonly titlePrefix?: string;
        /** Tells the issues of one instance apart. */
        readonly key?: string;
        readonly labels?: readonly string[];
        /** One that no run has updated for so long is closed by the next. */
        readonly expiresMs?: number;
        readonly max: number;
    };
    readonly comment?: {
        readonly on?: string;
        readonly max: number;
    };
    /** `allow` are names, in which `*` stands for anything. */
    readonly labels?: {
        readonly on?: string;
        readonly allow: readonly string[];
        readonly max: number;
    };
    readonly close?: {
        readonly on?: string;
    };
    /** A pull request of its worktree's changes. */
    readonly pullRequest?: PatchRule & {
        readonly titlePrefix?: string;
        /** Absent: the instance says it. */
        readonly body?: string;
        readonly branch?: string;
        readonly base?: string;
        readonly labels?: readonly string[];
        readonly reviewers?: readonly string[];
        readonly teamReviewers?: readonly string[];
        readonly draft: boolean;
    };
    /** Its worktree's changes as a commit of the pull request that the event is about. */
    readonly push?: PatchRule;
    /** Runs of workflows; `allow` are names of their files, in which `*` stands for anything. */
    readonly dispatch?: {
        readonly allow: readonly string[];
        readonly ref?: string;
        readonly inputs?: Readonly<Record<string, string>>;
        /** Inputs that the instance may set. */
        readonly allowInputs?: readonly string[];
        /** The input by which a run is known again. */
        readonly mark?: string;
        readonly max: number;
    };
}
/** What may become a commit: filters of its files, names of its branch, and bytes. */
export interface PatchRule {
    readonly title?: string;
    /** As `paths` of GitHub Actions; absent: every file that is not protected. */
    readonly paths?: readonly string[];
    /** Names, in which `*` stands for anything; absent: any. */
    readonly branches?: readonly string[];
    readonly maxBytes: number;
}
/** What all instances of a run may do on GitHub together: kinds that are not here not at all. */
export interface EffectBounds {
    /** Of all kinds together. */
    readonly max?: number;
    readonly issue?: {
        readonly max?: number;
    };
    readonly comment?: {
        readonly max?: number;
    };
    readonly labels?: {
        readonly max?: number;
        readonly allow?: readonly string[];
    };
    readonly close?: {
        readonly max?: number;
    };
    readonly pullRequest?: PatchBound;
    readonly push?: PatchBound;
    readonly dispatch?: {
        readonly max?: number;
        readonly allow?: readonly string[];
    };
}
/** What all commits of a run must keep to. */
export interface PatchBound extends Partial<Omit<PatchRule, 'title'>> {
    readonly max?: number;
}
/** What a worktree that several attempts work in held after one of them: with it, a resumed run makes it anew. */
export interface WorktreeState {
    readonly base: string;
    readonly tree: string;
}
