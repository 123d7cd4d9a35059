import type { Draft } from './draft.ts';
import type { Role } from './expression-places.ts';
/** Why a context that there is elsewhere is not here. */
export declare function hintForContext(context: string, role: Role, draft: Draft | undefined): string | undefined;
