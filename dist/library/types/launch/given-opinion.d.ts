import type { Opinion } from '../core/finding.ts';
import type { Json } from '../core/json.ts';
import type { Task } from '../core/task.ts';
/**
 * What an attempt that verifies a finding says of it; nothing where it gave no answer. What it quotes must stand in the files below `root`: a
 * refutation without such code makes its finding `plausible`, no more.
 */
export declare function givenOpinion(task: Task, json: Json, root: string): Promise<Opinion | undefined>;
