/** Something that a run changes outside its own directory, in an instance's name: told in the journal before it is done, by what it leads to. */
export type Effect = PatchEffect | GithubEffect;
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
    readonly draft: boolean;
    readonly change: CommitChange;
} | {
    readonly kind: 'push';
    readonly identity: string;
    readonly title: string;
    readonly change: CommitChange;
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
    /** Does all of it, or what is not done yet; answers with why it could not. */
    perform(deeds: readonly Deed[]): Promise<string | undefined>;
}
/** What an instance may ask for on GitHub, by kind; `max` of each. `on` is the number of an issue or pull request; absent: the event's. */
export interface EffectRules {
    readonly issue?: {
        /** Absent: the instance says it. */
        readonly title?: string;
        /** Tells the issues of one instance apart. */
        readonly key?: string;
        readonly labels?: readonly string[];
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
    readonly pullRequest?: {
        readonly title?: string;
        readonly branch?: string;
        readonly base?: string;
        readonly labels?: readonly string[];
        readonly draft: boolean;
        readonly maxBytes: number;
    };
    /** Its worktree's changes as a commit of the pull request that the event is about. */
    readonly push?: {
        readonly title?: string;
        readonly maxBytes: number;
    };
}
/** What a worktree that several attempts work in held after one of them: with it, a resumed run makes it anew. */
export interface WorktreeState {
    readonly base: string;
    readonly tree: string;
}
