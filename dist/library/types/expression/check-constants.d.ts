import type { Program } from './program.ts';
import { type Survey } from './survey.ts';
import type { ExpressionIssue } from './template.ts';
/** Comparisons whose outcome does not depend on any value, and literal formats that cannot work. */
export declare function checkConstants(program: Program, survey: Survey): ExpressionIssue[];
