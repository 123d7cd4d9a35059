import type { Expectation } from '../core/expectation.ts';
import type { Settings } from './settings.ts';
/** Evidence asked for; an answer that is empty is none. */
export declare function readExpectation(settings: Settings, isPrompt: boolean): Expectation;
