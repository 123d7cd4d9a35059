import type { Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
/** `report.answer` must name something that can answer, or another answer would be shown in its place. */
export declare function checkAnswer(instances: readonly Instance[], { file, diagnostics }: Compiling): void;
