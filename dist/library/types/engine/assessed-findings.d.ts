import { type AssessedFindings } from '../findings/assess.ts';
import type { Progress } from './progress.ts';
/** What the instances found by now, merged and assessed by the votes there are. */
export declare function findingsOf({ nodes, started }: Progress): AssessedFindings;
