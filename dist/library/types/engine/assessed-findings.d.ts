import { type AssessedFindings } from '../findings/assess.ts';
import type { Progress } from './progress.ts';
/** What the instances found by now, merged and assessed; with `isOver`, nobody verifies any more. */
export declare function findingsOf({ nodes, started }: Progress, isOver: boolean): AssessedFindings;
