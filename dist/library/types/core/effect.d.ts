/** Something that a run changes outside its own directory, in an instance's name: told in the journal before it is done, by what it leads to. */
export type Effect = PatchEffect;
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
/** What a worktree that several attempts work in held after one of them: with it, a resumed run makes it anew. */
export interface WorktreeState {
    readonly base: string;
    readonly tree: string;
}
