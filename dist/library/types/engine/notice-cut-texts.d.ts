import { type Decision } from './decision.ts';
/** Says which of the texts that were read are not whole: what is looked for may stand in what was left out. */
export declare function noticeCutTexts(decision: Decision): void;
