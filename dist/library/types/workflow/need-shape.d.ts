import type { NeedShape } from '../expression/check.ts';
import type { Draft } from './draft.ts';
/** What is known of an upstream before it has run. */
export declare function needShape(id: string, byId: ReadonlyMap<string, Draft>): NeedShape;
